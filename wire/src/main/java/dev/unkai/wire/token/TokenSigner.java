package dev.unkai.wire.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tokens (RFC 7519) with the identity process's private key, ES256 (RFC 7518 section 3.4). */
public final class TokenSigner {
    private final ECKey key;
    private final ECDSASigner signer;

    public TokenSigner(ECKey key) {
        this.key = key;
        try {
            this.signer = new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key " + key.getKeyID() + " cannot be used.", e);
        }
    }

    /** The compact serialisation; the issue time is kept to the microsecond, the expiry to the second. */
    public String sign(TokenClaims claims) {
        JWTClaimsSet set = new JWTClaimsSet.Builder()
                .subject(claims.userId())
                .issueTime(Date.from(claims.issuedAt()))
                // To the microsecond: a token made right after a revocation must be told from one made right before.
                .claim("ius", ChronoUnit.MICROS.between(Instant.EPOCH, claims.issuedAt()))
                .expirationTime(Date.from(claims.expiresAt()))
                .claim("aud_ids", claims.auditIds())
                .claim("amr", claims.methods())
                .claim("un", claims.userName())
                .claim("udi", claims.userDomainId())
                .claim("udn", claims.userDomainName())
                .claim("pi", claims.projectId())
                .claim("pn", claims.projectName())
                .claim("pdi", claims.projectDomainId())
                .claim("pdn", claims.projectDomainName())
                .claim("sdi", claims.scopeDomainId())
                .claim("sdn", claims.scopeDomainName())
                .claim("sys", claims.systemScope() ? Boolean.TRUE : null)
                .claim("roles", claims.roles())
                .claim("ac", claims.applicationCredentialId())
                .claim("ar", lines(claims))
                .claim("tr", claims.trust() == null ? null : claims.trust().words())
                .claim("vw", claims.viewing() == null ? null : claims.viewing().words())
                .claim(
                        "pa",
                        claims.provedAt() == null ? null : claims.provedAt().getEpochSecond())
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                set);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("The token could not be signed.", e);
        }
        return token.serialize();
    }

    private static @Nullable List<String> lines(TokenClaims claims) {
        List<AccessRule> rules = claims.accessRules();
        return rules == null ? null : rules.stream().map(AccessRule::line).toList();
    }
}
