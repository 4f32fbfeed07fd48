package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.identity.IdentitySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which passwords an account may have, and how long (NIST SP 800-63B-4, section 3.1.1.2: length, a list, no recipes). */
@Component
final class PasswordPolicy {
    private final CommonPasswords common;
    private final IdentitySettings.Rules rules;

    PasswordPolicy(IdentitySettings settings) {
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

    /** When a password set at the instant ends, or null where it does not. */
    @Nullable
    Instant end(Instant set, AccountOptions options) {
        return rules.passwordLife() == null || options.passwordNeverEnds() ? null : set.plus(rules.passwordLife());
    }
}
