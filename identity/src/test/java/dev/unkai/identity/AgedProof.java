package dev.unkai.identity;

import static java.util.Objects.requireNonNull;

import dev.unkai.identity.token.SigningKeys;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Duration;

/** Tokens of sessions whose users have shown who they are longer ago than the policy likes. */
final class AgedProof {
    private AgedProof() {}

    /** The same token, as it were if its bearer had shown twenty minutes earlier who he is. */
    static String of(RunningIdentity identity, String token) {
        TokenClaims now =
                identity.context.getBean(TokenVerifier.class).verify(token).orElseThrow();
        return identity.context
                .getBean(SigningKeys.class)
                .signer()
                .sign(new TokenClaims(
                        now.auditIds(),
                        now.methods(),
                        now.userId(),
                        now.userName(),
                        now.userDomainId(),
                        now.userDomainName(),
                        now.projectId(),
                        now.projectName(),
                        now.projectDomainId(),
                        now.projectDomainName(),
                        now.scopeDomainId(),
                        now.scopeDomainName(),
                        now.systemScope(),
                        now.roles(),
                        now.applicationCredentialId(),
                        now.issuedAt(),
                        now.expiresAt(),
                        now.accessRules(),
                        now.trust(),
                        requireNonNull(now.provedAt()).minus(Duration.ofMinutes(20)),
                        now.viewing()));
    }
}
