package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.identity.api.Body;
import org.jspecify.annotations.Nullable;

/** Which passwords accounts may have; one rule for all domains. */
public final class PasswordRule {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;

    /** The rule for programs that check before they send. */
    public static final String REGEX = "^.{" + SHORTEST + "," + LONGEST + "}$";

    public static final String SENTENCE =
            "A password needs at least " + SHORTEST + " characters. A few words are easy to remember.";

    private PasswordRule() {}

    /** The field's password, or null when there is none; throws a refusal for one that does not do. */
    public static @Nullable String read(Body user, String field) {
        String password = user.optionalText(field, LONGEST);
        if (password != null && password.length() < SHORTEST) {
            throw new Refusal(Refusal.Kind.INVALID, "ShortPassword", SENTENCE);
        }
        return password;
    }
}
