package dev.unkai.identity.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether an ID token is to be believed: OpenID Connect Core 1.0, 3.1.3.7, each point of it. */
@Component
final class IdTokenCheck {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_SUBJECT = 255;
    /** How far the issuer's clock may be from ours. */
    private static final Duration DRIFT = Duration.ofMinutes(1);
    /** A token comes within the minute; one that is older was kept by somebody. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    /** Signatures by a key of the issuer's own; none that whoever knows the client's secret could make. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final IssuerFacts issuers;
    private final Clock clock;

    IdTokenCheck(IssuerFacts issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    /** @param nonce what was sent along when the browser was sent there */
    IdToken check(IdentityProvider provider, IssuerFacts.Facts facts, String token, String nonce) throws IssuerTrouble {
        if (token.length() > LONGEST) {
            throw IssuerTrouble.notBelieved("its ID token is too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                throw IssuerTrouble.notBelieved(
                        "its ID token is signed by " + jwt.getHeader().getAlgorithm() + ", which does not suffice");
            }
            needSignature(jwt, facts);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            needParties(claims, provider);
            needTimes(claims);
            if (!nonce.equals(claims.getStringClaim("nonce"))) {
                throw IssuerTrouble.notBelieved("its ID token was not made for this sign-in (nonce)");
            }
            String subject = claims.getSubject();
            if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
                throw IssuerTrouble.notBelieved("its ID token does not say who it is about");
            }
            return new IdToken(claims, token);
        } catch (ParseException | IllegalArgumentException e) {
            throw IssuerTrouble.notBelieved("its ID token cannot be read");
        }
    }

    private void needSignature(SignedJWT jwt, IssuerFacts.Facts facts) throws IssuerTrouble {
        List<JWK> fitting = fitting(issuers.keys(facts), jwt.getHeader());
        if (fitting.isEmpty()) {
            fitting = fitting(issuers.newerKeys(facts), jwt.getHeader());
        }
        if (fitting.isEmpty()) {
            throw IssuerTrouble.notBelieved("its ID token is signed by a key that the issuer does not publish");
        }
        if (fitting.stream().noneMatch(key -> signed(jwt, key))) {
            throw IssuerTrouble.notBelieved("the signature of its ID token is not right");
        }
    }

    private static List<JWK> fitting(JWKSet keys, JWSHeader header) {
        return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys);
    }

    private static boolean signed(SignedJWT jwt, JWK key) {
        try {
            for (Key each : KeyConverter.toJavaKeys(List.of(key))) {
                if (!(each instanceof PrivateKey)) {
                    JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), each);
                    return jwt.verify(verifier);
                }
            }
            return false;
        } catch (JOSEException e) {
            return false; // a key of another kind
        }
    }

    private static void needParties(JWTClaimsSet claims, IdentityProvider provider)
            throws IssuerTrouble, ParseException {
        if (!provider.issuer().equals(claims.getIssuer())) {
            throw IssuerTrouble.notBelieved("its ID token names another issuer");
        }
        List<String> audience = claims.getAudience();
        if (!audience.contains(provider.clientId())) {
            throw IssuerTrouble.notBelieved("its ID token was made for another client");
        }
        String party = claims.getStringClaim("azp");
        if (party == null ? audience.size() > 1 : !party.equals(provider.clientId())) {
            throw IssuerTrouble.notBelieved("its ID token was given to another client (azp)");
        }
    }

    private void needTimes(JWTClaimsSet claims) throws IssuerTrouble {
        Instant now = clock.instant();
        Instant end = instant(claims.getExpirationTime());
        Instant made = instant(claims.getIssueTime());
        if (end == null || made == null) {
            throw IssuerTrouble.notBelieved("its ID token has no time");
        }
        if (!now.minus(DRIFT).isBefore(end)) {
            throw IssuerTrouble.notBelieved("its ID token has ended");
        }
        Instant begin = instant(claims.getNotBeforeTime());
        if (made.isAfter(now.plus(DRIFT)) || begin != null && begin.isAfter(now.plus(DRIFT))) {
            throw IssuerTrouble.notBelieved("its ID token is from the future: the issuer's clock and ours differ");
        }
        if (made.isBefore(now.minus(OLDEST))) {
            throw IssuerTrouble.notBelieved("its ID token is too old");
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
