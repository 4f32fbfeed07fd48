package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.token.TokenView;
import dev.unkai.identity.token.TokenViews;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v3/s3tokens}: for object stores that know the provider, not for customers. The answer is what a token of the
 * bearer would say, never the token.
 */
@RestController
final class S3TokenController {
    private static final int LONGEST_SIGNED = 16_384;

    private final KeyTokens tokens;
    private final TokenViews views;
    private final Transactions transactions;

    S3TokenController(KeyTokens tokens, TokenViews views, Transactions transactions) {
        this.tokens = tokens;
        this.views = views;
        this.transactions = transactions;
    }

    /** {@code token} is the string that was signed, in base64 with either alphabet. */
    @Allow("identity:s3tokens:validate")
    @PostMapping("/identity/v3/s3tokens")
    Map<String, TokenView> bearer(Caller caller, @RequestBody JsonNode body, HttpServletRequest request) {
        Body credentials = Body.under(body, "credentials");
        byte[] signed = signed(credentials.text("token", LONGEST_SIGNED));
        String signature = credentials.text("signature", 255);
        TokenClaims claims = tokens.bearer(
                        caller,
                        credentials.text("access", 255),
                        secret -> S3Signature.matches(signed, secret, signature),
                        Requester.of(request))
                .claims();
        return Map.of("token", transactions.asCaller(Nobody.YET, db -> views.view(db, claims, true)));
    }

    private static byte[] signed(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The field \"credentials.token\" must be base64.");
        }
    }
}
