package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.role.HeldRole;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says whether what somebody has shown at the log-in suffices. */
@Component
public final class FactorRules {
    public static final String PASSWORD = "password";
    private static final List<List<String>> BOTH = List.of(List.of(PASSWORD, Totp.TYPE));

    private final FactorStore factors;
    private final FactorSetting setting;

    FactorRules(FactorStore factors, FactorSetting setting) {
        this.factors = factors;
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
        if (!shown.contains(PASSWORD)) {
            return Optional.empty();
        }
        if (!shown.contains(Totp.TYPE) && factors.isEnrolled(db, account.id())) {
            return Optional.of(BOTH);
        }
        List<List<String>> rules = account.options().rules();
        boolean met = rules.isEmpty()
                || rules.stream().anyMatch(rule -> Set.copyOf(shown).containsAll(rule));
        return met ? Optional.empty() : Optional.of(rules);
    }

    /** Whether one of the roles is not given to an account without a second factor, and this is such an account. */
    public boolean mustEnrol(Db db, Account account, Collection<HeldRole> roles) {
        return setting.asksFor(roles)
                && !factors.isEnrolled(db, account.id())
                && factors.exempt(db, account.id()).isEmpty();
    }

    /** Whether the site's setting asks one of these roles for a second factor. */
    boolean asks(Collection<String> roleNames) {
        return roleNames.stream().anyMatch(setting.roles()::contains);
    }
}
