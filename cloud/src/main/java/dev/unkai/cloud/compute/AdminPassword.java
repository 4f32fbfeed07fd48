package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.jspecify.annotations.Nullable;

/**
 * A guest's administrator password. It is told once, in the answer to the request that set it; what is kept and what the
 * guest is given is its hash only.
 *
 * @param text the password itself: for the answer, never for a row, an event or a log
 * @param chosen by a person, and not by chance
 */
public record AdminPassword(String text, boolean chosen) {
    private static final int BYTES = 12;

    /** What crypt(3) takes of a password; a longer one could never be typed, and would be work without end to hash. */
    private static final int LONGEST = 511;

    /** 96 bits of chance need no slow hash; words that people think of do. */
    private static final String BY_CHANCE = "$6$rounds=1000$";

    private static final String BY_CHOICE = "$6$rounds=5000$";

    /** The wanted one, or when nothing is wanted a new one. Refuses one that no guest could take. */
    public static AdminPassword of(@Nullable String wanted) {
        if (wanted != null
                && (bytes(wanted).length > LONGEST
                        || wanted.chars().anyMatch(letter -> letter == '\n' || letter == 0))) {
            throw Refusal.invalid("adminPass must be one line of at most " + LONGEST + " bytes.");
        }
        return wanted == null ? new AdminPassword(Ids.secret(BYTES), false) : new AdminPassword(wanted, true);
    }

    /** As in /etc/shadow, salted anew each time: SHA-512 crypt, which every image with a crypt(5) knows. */
    public String hash() {
        // the salt's alphabet is ./0-9A-Za-z
        String salt = Ids.secret(BYTES).replace('-', '.').replace('_', '/');
        return Sha2Crypt.sha512Crypt(bytes(text), (chosen ? BY_CHOICE : BY_CHANCE) + salt);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AdminPassword[…]";
    }
}
