package dev.unkai.wire.token;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That the bearer, one of the provider's people, looks at a customer's project as the customer sees it, and changes nothing. The token's project and roles are
 * those of the view; here is what its bearer has it by, without which it is worth nothing.
 *
 * @param id names the view in the customer's history
 * @param fromProjectId of the token that it was opened with
 * @param fromDomainId of that project
 * @param fromRoles of that token
 */
public record ViewingClaim(String id, String fromProjectId, String fromDomainId, List<String> fromRoles) {
    private static final int FIXED = 3;

    public ViewingClaim {
        fromRoles = List.copyOf(fromRoles);
    }

    /** As it stands in the token. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(id, fromProjectId, fromDomainId));
        words.addAll(fromRoles);
        return words;
    }

    /** Null for no words. Throws IllegalArgumentException for words that {@link #words} does not make. */
    static @Nullable ViewingClaim of(@Nullable List<String> words) {
        if (words == null) {
            return null;
        }
        if (words.size() < FIXED) {
            throw new IllegalArgumentException("A view is said in " + FIXED + " words or more.");
        }
        return new ViewingClaim(words.get(0), words.get(1), words.get(2), words.subList(FIXED, words.size()));
    }
}
