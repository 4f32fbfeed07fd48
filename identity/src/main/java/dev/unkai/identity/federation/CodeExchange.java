package dev.unkai.identity.federation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Fetches the ID token for the code that a browser brought back (OpenID Connect Core 1.0, 3.1.3), straight from the issuer. */
@Component
final class CodeExchange {
    private final IssuerFacts issuers;
    private final IssuerLine line;
    private final IdTokenCheck check;

    CodeExchange(IssuerFacts issuers, IssuerLine line, IdTokenCheck check) {
        this.issuers = issuers;
        this.line = line;
        this.check = check;
    }

    /** Throws trouble for whatever is not to be believed; asks the issuer, so never in a transaction. */
    IdToken redeem(IdentityProvider provider, String secret, SignInStore.Waiting waiting, Return back, String redirect)
            throws IssuerTrouble {
        IssuerFacts.Facts facts = issuers.of(provider.issuer());
        if (back.issuer() == null ? facts.namesItself() : !back.issuer().equals(provider.issuer())) {
            throw IssuerTrouble.notBelieved("the answer came from another issuer");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", back.code());
        form.put("redirect_uri", redirect);
        form.put("code_verifier", waiting.verifier());
        String authorization = null;
        if (facts.secretInBody()) {
            form.put("client_id", provider.clientId());
            form.put("client_secret", secret);
        } else {
            authorization = basic(provider.clientId(), secret);
        }
        IssuerLine.Answer answer = line.post(facts.token(), form, authorization);
        if (answer.status() >= 500) {
            throw IssuerTrouble.unavailable(facts.token() + " answers " + answer.status());
        }
        JsonNode token = answer.body().path("id_token");
        if (answer.status() != 200 || !token.isString()) {
            String error = answer.body().path("error").asString("");
            throw IssuerTrouble.notBelieved("it gives no ID token for the code ("
                    + answer.status()
                    + (error.matches("[A-Za-z0-9_ -]{1,60}") ? " " + error : "")
                    + ")");
        }
        return check.check(provider, facts, token.stringValue(), waiting.nonce());
    }

    /** Both are form-encoded first (RFC 6749, 2.3.1). */
    private static String basic(String client, String secret) {
        String both = IssuerLine.encoded(client) + ":" + IssuerLine.encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }
}
