package dev.unkai.wire.token;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trust that a token was made with (Identity v3, OS-TRUST): one account lets another act within one project with some
 * of its roles.
 *
 * @param trustorId who gave the trust
 * @param trusteeId who was trusted, and holds the token
 * @param ownerId whose roles they are: the trustor, or where a trust was passed on, the first of them
 * @param impersonation whether the trustee acts under the trustor's name
 * @param hands the accounts through whose hands it went between the owner and the trustee
 */
public record TrustClaim(
        String id, String trustorId, String trusteeId, String ownerId, boolean impersonation, List<String> hands) {
    private static final int FIXED = 5;

    public TrustClaim {
        hands = List.copyOf(hands);
    }

    /** Everybody without whom the trust is worth nothing. */
    List<String> parties() {
        List<String> parties = new ArrayList<>(hands);
        parties.addAll(List.of(trustorId, trusteeId, ownerId));
        return parties;
    }

    /** As it stands in the token. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(id, trustorId, trusteeId, ownerId, String.valueOf(impersonation)));
        words.addAll(hands);
        return words;
    }

    /** Null for no words. Throws IllegalArgumentException for words that {@link #words} does not make. */
    static @Nullable TrustClaim of(@Nullable List<String> words) {
        if (words == null) {
            return null;
        }
        if (words.size() < FIXED) {
            throw new IllegalArgumentException("A trust is said in " + FIXED + " words or more.");
        }
        return new TrustClaim(
                words.get(0),
                words.get(1),
                words.get(2),
                words.get(3),
                Boolean.parseBoolean(words.get(4)),
                words.subList(FIXED, words.size()));
    }
}
