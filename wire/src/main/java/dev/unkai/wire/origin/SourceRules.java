package dev.unkai.wire.origin;

import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.ViewingClaim;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where contracts, roles on them and application credentials may be used from, as far as this process has heard of it. What has no rule
 * may be used from everywhere; what has several rules, only from an address that is in all of them.
 */
public final class SourceRules {
    /** What a rule is about. */
    public enum Subject {
        /** A contract, by its domain. */
        DOMAIN,
        /** A role on a contract: the domain, and the role's name. Who has a greater role has this one too. */
        ROLE,
        APPLICATION_CREDENTIAL
    }

    /**
     * One rule as identity keeps it.
     *
     * @param number of its last change; every change of any rule has a greater one than the changes before
     * @param role the role's name for {@code ROLE}, else empty
     * @param prefixes CIDR; none: the rule was taken away
     */
    public record SourceRule(long number, Subject subject, String id, String role, List<String> prefixes) {
        public SourceRule {
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * On whose behalf something is done.
     *
     * @param home the domain of the account
     * @param scope the domain in which the roles are held, or null: in none
     * @param credential the application credential it is done with, or null
     */
    public record Bearer(
            String home,
            @Nullable String scope,
            Collection<String> roles,
            @Nullable String credential) {
        public static Bearer of(TokenClaims claims) {
            ViewingClaim viewing = claims.viewing();
            if (viewing != null) {
                // Who looks as a customer sees it comes from where the provider's people may come from.
                return new Bearer(claims.userDomainId(), viewing.fromDomainId(), viewing.fromRoles(), null);
            }
            String scope = claims.projectDomainId() != null ? claims.projectDomainId() : claims.scopeDomainId();
            return new Bearer(claims.userDomainId(), scope, claims.roles(), claims.applicationCredentialId());
        }
    }

    private record Key(Subject subject, String id, String role) {}

    private volatile Map<Key, List<AddressPrefix>> known = Map.of();
    private volatile long newest;

    public static SourceRules of(List<SourceRule> rules) {
        SourceRules made = new SourceRules();
        made.replace(rules);
        return made;
    }

    /** Takes in changes, in their order. */
    public synchronized void learn(List<SourceRule> changes) {
        if (!changes.isEmpty()) {
            take(new HashMap<>(known), changes);
        }
    }

    /** Takes in all rules there are, and forgets what is not among them. */
    public synchronized void replace(List<SourceRule> all) {
        newest = 0;
        take(new HashMap<>(), all);
    }

    private void take(Map<Key, List<AddressPrefix>> fresh, List<SourceRule> changes) {
        for (SourceRule rule : changes) {
            Key key = new Key(rule.subject(), rule.id(), rule.role());
            if (rule.prefixes().isEmpty()) {
                fresh.remove(key);
            } else {
                // A prefix that cannot be read lets nobody in.
                fresh.put(
                        key,
                        rule.prefixes().stream()
                                .map(AddressPrefix::parse)
                                .flatMap(Optional::stream)
                                .toList());
            }
            newest = Math.max(newest, rule.number());
        }
        known = Map.copyOf(fresh);
    }

    /** The number of the newest change heard of; 0 at first. */
    public long newest() {
        return newest;
    }

    /** Whether the bearer may come from the address. */
    public boolean permits(Bearer bearer, IpAddress address) {
        Map<Key, List<AddressPrefix>> rules = known;
        if (rules.isEmpty()) {
            return true;
        }
        String scope = bearer.scope() == null ? bearer.home() : bearer.scope();
        return within(rules, Subject.DOMAIN, bearer.home(), "", address)
                && (scope.equals(bearer.home()) || within(rules, Subject.DOMAIN, scope, "", address))
                && bearer.roles().stream().allMatch(role -> within(rules, Subject.ROLE, scope, role, address))
                && (bearer.credential() == null
                        || within(rules, Subject.APPLICATION_CREDENTIAL, bearer.credential(), "", address));
    }

    private static boolean within(
            Map<Key, List<AddressPrefix>> rules, Subject subject, String id, String role, IpAddress address) {
        List<AddressPrefix> prefixes = rules.get(new Key(subject, id, role));
        return prefixes == null || prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }
}
