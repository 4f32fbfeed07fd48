package dev.unkai.identity.federation;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an ID token says, once {@link IdTokenCheck} believes it. */
public final class IdToken {
    private final JWTClaimsSet claims;
    private final String text;

    /** @param text as the issuer signed it */
    IdToken(JWTClaimsSet claims, String text) {
        this.claims = claims;
        this.text = text;
    }

    /** As the issuer signed it: shown to nobody but the issuer itself. */
    String signed() {
        return text;
    }

    /** Who it is, among all users of the issuer, for ever. */
    public String subject() {
        return String.valueOf(claims.getSubject());
    }

    /** When its bearer last showed the issuer who he is, where that says so (OpenID Connect Core, 2: auth_time). */
    Optional<Instant> shownAt() {
        return claims.getClaim("auth_time") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    /** How the issuer says that he showed it: {@code acr} and all of {@code amr} (RFC 8176). */
    Set<String> ways() {
        Set<String> ways = new LinkedHashSet<>(values("amr"));
        ways.addAll(values("acr"));
        return ways;
    }

    /** A claim with one text, or empty. */
    public Optional<String> text(String claim) {
        return values(claim).stream().findFirst();
    }

    /**
     * The texts of a claim; none where it is absent.
     *
     * @param claim its name, or its way through claims within claims with dots between ({@code realm_access.roles})
     */
    List<String> values(String claim) {
        return texts(find(claims.getClaims(), claim));
    }

    /** The whole name first: names of claims are often addresses, with dots in them. */
    private static @Nullable Object find(Map<?, ?> within, String name) {
        if (within.containsKey(name)) {
            return within.get(name);
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (within.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                return find(inner, name.substring(dot + 1));
            }
        }
        return null;
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof Collection<?> list) {
            list.forEach(each -> {
                if (each instanceof String text) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }
}
