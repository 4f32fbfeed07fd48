package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.identity.token.TokenView;
import dev.unkai.identity.token.TokenViews;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v3/ec2tokens}: for EC2-compatible services that know the provider, not for customers. The answer is a token of the
 * bearer, with which the service does what was asked.
 */
@RestController
final class Ec2TokenController {
    private static final int LONGEST = 16_384;
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final KeyTokens tokens;
    private final TokenViews views;
    private final Transactions transactions;
    private final Clock clock;

    Ec2TokenController(KeyTokens tokens, TokenViews views, Transactions transactions, Clock clock) {
        this.tokens = tokens;
        this.views = views;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The request's parts stand under {@code credentials}; older services say {@code ec2Credentials}. */
    @Allow("identity:ec2tokens:validate")
    @PostMapping("/identity/v3/ec2tokens")
    ResponseEntity<Map<String, TokenView>> bearer(
            Caller caller, @RequestBody JsonNode body, HttpServletRequest request) {
        String under = Stream.of("credentials", "credential", "ec2Credentials")
                .filter(body::has)
                .findFirst()
                .orElse("credentials");
        Body credentials = Body.under(body, under);
        String signature = credentials.text("signature", 255);
        Ec2Request signed = read(credentials);
        if (signed.saysWhen()) {
            boolean fresh = signed.signedAt()
                    .filter(when -> clock.instant().isBefore(when.plus(FRESH)))
                    .isPresent();
            if (!fresh) {
                throw Refusal.unauthorized("Credential is expired, or its time is no time.");
            }
        }
        Issued issued = tokens.bearer(
                caller,
                credentials.text("access", 255),
                secret -> signed.isSigned(secret, signature),
                Requester.of(request));
        return ResponseEntity.ok()
                .header("X-Subject-Token", issued.token())
                .header("Cache-Control", "no-store")
                .body(Map.of("token", transactions.asCaller(Nobody.YET, db -> views.view(db, issued.claims(), true))));
    }

    private static Ec2Request read(Body credentials) {
        String bodyHash = credentials.optionalText("body_hash", 64);
        return new Ec2Request(
                credentials.text("verb", 16),
                credentials.text("host", 255),
                credentials.text("path", LONGEST),
                credentials.textsByName("params", 500, LONGEST),
                credentials.textsByName("headers", 200, LONGEST),
                bodyHash == null ? "" : bodyHash);
    }
}
