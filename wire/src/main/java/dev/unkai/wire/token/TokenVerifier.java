package dev.unkai.wire.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens without asking anybody: signature, lifetime, revocation. A token once verified is remembered by its
 * hash for as long as it lives, so that a busy client pays for one signature check only; lifetime and revocation are
 * looked at every time.
 */
public final class TokenVerifier {
    private static final int REMEMBERED = 2_000;
    private static final int LONGEST_TOKEN = 8_192;

    private final InstantSource clock;
    private final Revocations revocations;
    private final Map<String, TokenClaims> verified =
            Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TokenClaims> eldest) {
                    return size() > REMEMBERED;
                }
            });
    private volatile Map<String, ECDSAVerifier> keys = Map.of();

    public TokenVerifier(InstantSource clock, Revocations revocations) {
        this.clock = clock;
        this.revocations = revocations;
    }

    /** Replaces the trusted keys; a changed set forgets what was verified with the old one. */
    public void trust(JWKSet set) {
        Map<String, ECDSAVerifier> fresh = new LinkedHashMap<>();
        for (JWK key : set.getKeys()) {
            try {
                fresh.put(key.getKeyID(), new ECDSAVerifier((ECKey) key));
            } catch (JOSEException e) {
                throw new IllegalArgumentException("The key " + key.getKeyID() + " is no P-256 key.", e);
            }
        }
        if (!fresh.keySet().equals(keys.keySet())) {
            verified.clear();
        }
        keys = Map.copyOf(fresh);
    }

    public boolean hasKeys() {
        return !keys.isEmpty();
    }

    /** The claims of a good token; empty for anything else: forged, expired, revoked, malformed. */
    public Optional<TokenClaims> verify(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        String hash = hash(token);
        TokenClaims claims = verified.get(hash);
        if (claims == null) {
            claims = checkSignature(token);
            if (claims == null) {
                return Optional.empty();
            }
            verified.put(hash, claims);
        }
        if (!clock.instant().isBefore(claims.expiresAt()) || revocations.covers(claims)) {
            return Optional.empty();
        }
        return Optional.of(claims);
    }

    private @Nullable TokenClaims checkSignature(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            ECDSAVerifier verifier = jwt.getHeader().getKeyID() == null
                    ? null
                    : keys.get(jwt.getHeader().getKeyID());
            if (verifier == null
                    || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(verifier)) {
                return null;
            }
            return read(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return null; // malformed is as good as forged; the caller records the refusal
        }
    }

    private static TokenClaims read(JWTClaimsSet set) throws ParseException {
        return new TokenClaims(
                strings(set, "aud_ids"),
                strings(set, "amr"),
                required(set.getSubject()),
                required(set.getStringClaim("un")),
                required(set.getStringClaim("udi")),
                required(set.getStringClaim("udn")),
                set.getStringClaim("pi"),
                set.getStringClaim("pn"),
                set.getStringClaim("pdi"),
                set.getStringClaim("pdn"),
                set.getStringClaim("sdi"),
                set.getStringClaim("sdn"),
                Boolean.TRUE.equals(set.getBooleanClaim("sys")),
                strings(set, "roles"),
                set.getStringClaim("ac"),
                issued(set),
                instant(set.getExpirationTime()),
                rules(set.getStringListClaim("ar")),
                TrustClaim.of(set.getStringListClaim("tr")),
                proved(set),
                ViewingClaim.of(set.getStringListClaim("vw")));
    }

    /** A line that cannot be read permits nothing. */
    private static @Nullable List<AccessRule> rules(@Nullable List<String> lines) {
        return lines == null
                ? null
                : lines.stream()
                        .map(AccessRule::ofLine)
                        .flatMap(Optional::stream)
                        .toList();
    }

    private static @Nullable Instant proved(JWTClaimsSet set) throws ParseException {
        Long seconds = set.getLongClaim("pa");
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static Instant issued(JWTClaimsSet set) throws ParseException {
        Long micros = set.getLongClaim("ius");
        return micros == null ? instant(set.getIssueTime()) : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Instant instant(java.util.@Nullable Date date) throws ParseException {
        if (date == null) {
            throw new ParseException("The token has no time.", 0);
        }
        return date.toInstant();
    }

    private static String required(@Nullable String claim) throws ParseException {
        if (claim == null) {
            throw new ParseException("The token lacks a claim.", 0);
        }
        return claim;
    }

    private static List<String> strings(JWTClaimsSet set, String name) throws ParseException {
        List<String> list = set.getStringListClaim(name);
        return list == null ? List.of() : list;
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
