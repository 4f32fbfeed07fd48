package dev.unkai.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenSigner;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Token checks in one thread: of tokens never seen before, and of one that a busy client sends again and again. */
final class TokenChecks {
    private static final int FRESH = 2_000;
    private static final int AGAIN = 200_000;

    private TokenChecks() {}

    static List<Figure> measure() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("bench").generate();
        TokenSigner signer = new TokenSigner(key);
        List<Figure> figures = new ArrayList<>();
        double[] fresh = new double[5];
        double[] again = new double[5];
        for (int round = 0; round < 5; round++) {
            TokenVerifier verifier = new TokenVerifier(InstantSource.system(), new Revocations());
            verifier.trust(new JWKSet(key.toPublicJWK()));
            List<String> tokens = new ArrayList<>();
            for (int number = 0; number < FRESH; number++) {
                tokens.add(signer.sign(claims()));
            }
            long start = System.nanoTime();
            tokens.forEach(token -> check(verifier, token));
            fresh[round] = FRESH / seconds(start);
            start = System.nanoTime();
            for (int number = 0; number < AGAIN; number++) {
                check(verifier, tokens.getLast());
            }
            again[round] = AGAIN / seconds(start);
        }
        figures.add(Figure.of("token checks, first sight, 1 thread", "/s", fresh));
        figures.add(Figure.of("token checks, seen before, 1 thread", "/s", again));
        return figures;
    }

    private static void check(TokenVerifier verifier, String token) {
        if (verifier.verify(token).isEmpty()) {
            throw new IllegalStateException("A good token was refused");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static TokenClaims claims() {
        Instant now = Instant.now();
        String id = UUID.randomUUID().toString().replace("-", "");
        return new TokenClaims(
                List.of(id),
                List.of("password"),
                id,
                "master",
                id,
                "sample",
                id,
                "sample",
                id,
                "sample",
                null,
                null,
                false,
                List.of("manager", "member", "reader"),
                null,
                now,
                now.plusSeconds(3600));
    }
}
