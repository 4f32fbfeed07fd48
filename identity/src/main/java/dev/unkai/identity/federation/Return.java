package dev.unkai.identity.federation;

import org.jspecify.annotations.Nullable;

/**
 * What a browser brings back from an issuer.
 *
 * @param state names the sign-in that it belongs to
 * @param browser the secret of the browser that began it
 * @param code for which the issuer gives the ID token
 * @param issuer who the answer says it is from (RFC 9207), or null
 */
public record Return(
        String state, String browser, String code, @Nullable String issuer) {
    @Override
    public String toString() {
        return "return of a sign-in";
    }
}
