package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.federation.Methods;
import dev.unkai.identity.role.AssignmentStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says whether what somebody has shown at the log-in suffices. */
@Component
public final class FactorRules {
    public static final String PASSWORD = "password";
    /** The method of a log-in whose second factor is a passkey. */
    public static final String PASSKEY = "passkey";

    private final FactorStore factors;
    private final PasskeyStore passkeys;
    private final PlanRuleStore plans;
    private final AssignmentStore assignments;
    private final FactorSetting setting;

    FactorRules(
            FactorStore factors,
            PasskeyStore passkeys,
            PlanRuleStore plans,
            AssignmentStore assignments,
            FactorSetting setting) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.plans = plans;
        this.assignments = assignments;
        this.setting = setting;
    }

    /**
     * The ways in, each a list of methods that are needed together, when the methods shown are too few; empty when they
     * suffice. Who has a second factor always gives it; beside that the rules in the account's options hold
     * (multi_factor_auth_rules, as the reference has them). Credentials of programs are not asked: they are what a person
     * made with both.
     *
     * @param shown the methods of this log-in, or of the one that a token goes back to
     */
    public Optional<List<List<String>>> missing(Db db, Account account, Collection<String> shown) {
        boolean elsewhere = shown.contains(Methods.PROVIDER);
        if (!shown.contains(PASSWORD) && !elsewhere) {
            return Optional.empty();
        }
        Set<String> given = new HashSet<>(shown);
        if (elsewhere) {
            // What the issuer has seen stands in the place of the password, and of the second factor where that counts
            // here.
            given.add(PASSWORD);
            if (shown.contains(Methods.PROVIDERS_SECOND)) {
                given.add(PASSKEY);
            }
        }
        String first = elsewhere ? Methods.PROVIDER : PASSWORD;
        List<List<String>> ways = new ArrayList<>();
        if (factors.hasApp(db, account.id())) {
            ways.add(List.of(first, Totp.TYPE));
        }
        if (passkeys.any(db, account.id())) {
            ways.add(List.of(first, PASSKEY));
        }
        if (!ways.isEmpty() && !given.contains(Totp.TYPE) && !given.contains(PASSKEY)) {
            return Optional.of(ways);
        }
        if (given.contains(PASSKEY)) {
            // Whoever asks for codes asks for a second factor, and a passkey is the stronger one.
            given.add(Totp.TYPE);
        }
        List<List<String>> rules = account.options().rules();
        boolean met = rules.isEmpty() || rules.stream().anyMatch(given::containsAll);
        return met ? Optional.empty() : Optional.of(rules);
    }

    /**
     * Whether the account is one that needs a second factor, by its roles wherever it has them or by its contract's plan, and neither has one nor showed one
     * that an issuer has seen. It is then let in to set one up, and for nothing else.
     */
    public boolean mustEnrol(Db db, Account account, Collection<String> shown) {
        return !shown.contains(Methods.PROVIDERS_SECOND)
                && !factors.isEnrolled(db, account.id())
                && asks(db, account.id(), account.domainId())
                && factors.exempt(db, account.id()).isEmpty();
    }

    /** Whether the contract's plan, or where that leaves it to the site the site's setting, asks this account for a second factor. */
    boolean asks(Db db, String accountId, String domainId) {
        return switch (plans.of(db, domainId).map(PlanRules::secondFactor).orElse(PlanRules.SecondFactor.BY_ROLE)) {
            case EVERYONE -> true;
            case AS_SET_UP -> false;
            case BY_ROLE -> !setting.asksNobody() && setting.asksFor(assignments.anywhere(db, accountId));
        };
    }
}
