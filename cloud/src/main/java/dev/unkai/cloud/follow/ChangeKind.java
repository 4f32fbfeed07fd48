package dev.unkai.cloud.follow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    FORWARDING("history:forwarding:list", true);

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
