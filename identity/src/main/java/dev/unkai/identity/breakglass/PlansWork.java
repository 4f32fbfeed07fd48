package dev.unkai.identity.breakglass;

import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Accounts;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.wire.event.CadfEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What a contract's plan has the provider do for its users day by day. It goes without a grant, with the reason. Not in it is what together would make one of
 * the provider's people into one of the contract's: a user that does not wait for a second person, another address, a second factor less, a password that is known, a role for himself.
 */
@Component
class PlansWork {
    private static final Set<String> PASSWORDS = Set.of("issue-password", "send-password-link");
    private static final Set<String> USERS = Set.of("enable", "disable", "delete");
    private static final Set<String> ROLES = Set.of("grant", "withdraw");

    private final PlanRuleStore plans;

    PlansWork(PlanRuleStore plans) {
        this.plans = plans;
    }

    /** @param domain the contract's */
    boolean has(Db db, String domain, CadfEvent act) {
        Optional<PlanRules> rules = plans.of(db, domain);
        if (rules.isEmpty()) {
            return false;
        }
        boolean users = rules.get().usersByProvider();
        return switch (act.target().typeURI()) {
            case "identity/user" ->
                PASSWORDS.contains(act.action())
                        ? users || rules.get().issued()
                        : users && (USERS.contains(act.action()) || isWaiting(act));
            case "identity/role" -> users && ROLES.contains(act.action()) && isCustomers(db, domain, act);
            default -> false;
        };
    }

    /** A new user that is disabled, and has no way to a password, until somebody else of the provider's releases it. */
    private static boolean isWaiting(CadfEvent act) {
        return act.action().equals("create")
                && act.attachments() != null
                && act.attachments().containsKey(Accounts.WAITS);
    }

    /** A customer's role of one of the contract's own users. */
    private static boolean isCustomers(Db db, String domain, CadfEvent act) {
        Map<String, String> facts = act.attachments() == null ? Map.of() : act.attachments();
        String role = act.target().name();
        return role != null
                && Role.namesOf(Role.Side.CUSTOMER).contains(role)
                && db.sql("select exists (select 1 from account where id = ? and domain_id = ?)")
                        .param(facts.getOrDefault("holder_id", ""))
                        .param(domain)
                        .query(Boolean.class)
                        .single();
    }
}
