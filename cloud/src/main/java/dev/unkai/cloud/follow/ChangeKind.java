package dev.unkai.cloud.follow;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of things whose changes are told, each with the action that lists them: who may do that hears of the changes. */
enum ChangeKind {
    SERVER("compute:server:list", false),
    CONSOLE_VISIT("compute:console-visit:list", false),
    NETWORK("network:network:list", false),
    PORT("network:port:list", false),
    ROUTER("network:router:list", false),
    FLOATING_IP("network:floatingip:list", false),
    SECURITY_GROUP("network:security-group:list", false),
    FIREWALL_LOG("network:log:list", false),
    IMAGE("image:image:list", false),
    EVENT("history:event:list", false),
    HOST("hosts:host:list", true),
    MIGRATION("compute:migration:list", true),
    CERTIFICATE("operation:certificate:list", true),
    APPLICATION("application:list", true),
    CONTRACT("contract:show", true),
    MAIL("mail:outbox:read", true),
    BREAK_GLASS("operation:break-glass:list", true),
    EVIDENCE("evidence:hold:list", true),
    FORWARDING("history:forwarding:list", true),
    NOTICE("notice:own", false),
    NOTICE_REGISTER("notice:list", true),
    KEYPAIR("compute:keypair:own", false),
    DRAIN("hosts:host:manage", true),

    // What identity has.
    USER("user:list", true),
    ACCOUNT("account:read", false),
    PROJECT("user:list", true),
    SESSION("session:list", true),
    APPLICATION_CREDENTIAL("application-credential:list", true),
    VPN_SESSION("vpn-session:list", true),
    SOURCE_RULE("source-rule:show", true),
    PORTAL_ACCESS("portal-access:show", true),
    IDENTITY_PROVIDER("identity-provider:list", true),
    BACKUP("operation:backup:list", true);

    /** Those that identity tells of. */
    static final Set<ChangeKind> OF_IDENTITY = EnumSet.of(
            USER,
            ACCOUNT,
            PROJECT,
            SESSION,
            APPLICATION_CREDENTIAL,
            VPN_SESSION,
            SOURCE_RULE,
            PORTAL_ACCESS,
            IDENTITY_PROVIDER,
            BACKUP,
            MAIL);

    private static final Map<String, ChangeKind> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ChangeKind::wireName, kind -> kind));

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String action;
    private final boolean register;

    /** @param register whether the provider's people, where they may list these, look at those of all customers in one list */
    ChangeKind(String action, boolean register) {
        this.action = action;
        this.register = register;
    }

    static Optional<ChangeKind> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    String wireName() {
        return wireName;
    }

    String action() {
        return action;
    }

    boolean isRegister() {
        return register;
    }
}
