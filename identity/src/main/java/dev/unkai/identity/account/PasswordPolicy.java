package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which passwords an account may have, and how long (NIST SP 800-63B-4, section 3.1.1.2: length, a list, no recipes). */
@Component
final class PasswordPolicy {
    private final CommonPasswords common;
    private final IdentitySettings.Rules rules;
    private final PlanRuleStore plans;

    PasswordPolicy(IdentitySettings settings, PlanRuleStore plans) {
        this.plans = plans;
        this.common = CommonPasswords.load();
        this.rules = settings.identity();
    }

    /**
     * Throws a refusal for a password that others would try first.
     *
     * @param email the account's address, or null
     */
    void check(String password, String user, String domain, @Nullable String email) {
        List<String> own = new ArrayList<>(List.of(user, domain));
        if (email != null) {
            own.add(email);
            own.add(email.replaceFirst("@.*", ""));
        }
        if (common.isWeak(password, own)) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "WeakPassword",
                    "This password is among the first that others would try: it consists of common"
                            + " passwords, rows of keys or digits, or your own names, with little else. Choose some words that"
                            + " do not belong together, or let a password program make one.");
        }
    }

    /** When a password set at the instant ends, or null where it does not: as the contract's plan says, else as the site does. */
    @Nullable
    Instant end(Db db, String domainId, Instant set, AccountOptions options) {
        Optional<PlanRules> plan = plans.of(db, domainId);
        Duration life = plan.isPresent() ? plan.get().passwordLife() : rules.passwordLife();
        return life == null || options.passwordNeverEnds() ? null : set.plus(life);
    }

    /** How many of the last passwords, the present one among them, a new one must differ from. */
    int unique(Db db, String domainId) {
        return plans.of(db, domainId).map(PlanRules::differsFromLast).orElse(FormerPasswords.UNIQUE);
    }

    /** Whether the provider alone gives the account a password: by its plan, or by its own option. */
    boolean isIssued(Db db, Account account) {
        return account.options().passwordIsLocked()
                || plans.of(db, account.domainId()).filter(PlanRules::issued).isPresent();
    }

    /** Throws a refusal when a manager of a contract would set a password that the provider makes. */
    void needOwnPasswords(Db db, String domainId) {
        if (plans.of(db, domainId).filter(PlanRules::issued).isPresent()) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "IssuedPasswords",
                    "In this contract the provider issues passwords. Leave the password out, and ask the provider to issue one to the"
                            + " user's mail address.");
        }
    }
}
