package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.jspecify.annotations.Nullable;

/**
 * A guest's administrator password. It is told once, in the answer to the request that set it; what is kept and what the
 * guest is given is its hash only.
 *
 * @param text the password itself: for the answer, never for a row, an event or a log
 * @param hash as in /etc/shadow: SHA-512 crypt, which every image with a crypt(5) knows
 */
public record AdminPassword(String text, String hash) {
    private static final int BYTES = 12;
    /** 96 bits of chance need no slow hash; words that people think of do. */
    private static final String ROUNDS_OF_CHANCE = "$6$rounds=1000$";

    private static final String ROUNDS_OF_WORDS = "$6$rounds=20000$";

    /** The wanted one, or when nothing is wanted a new one. */
    public static AdminPassword of(@Nullable String wanted) {
        String text = wanted == null ? Ids.secret(BYTES) : wanted;
        // the salt's alphabet is ./0-9A-Za-z
        String salt = Ids.secret(BYTES).replace('-', '.').replace('_', '/');
        String start = wanted == null ? ROUNDS_OF_CHANCE : ROUNDS_OF_WORDS;
        return new AdminPassword(text, Sha2Crypt.sha512Crypt(text.getBytes(StandardCharsets.UTF_8), start + salt));
    }

    @Override
    public String toString() {
        return "AdminPassword[…]";
    }
}
