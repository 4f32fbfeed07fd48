package dev.unkai.identity.federation;

import com.nimbusds.jose.jwk.JWKSet;
import dev.unkai.identity.api.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What issuers say of themselves (OpenID Connect Discovery 1.0) and their keys; asked again after ten minutes. */
@Component
final class IssuerFacts {
    private static final Duration FRESH = Duration.ofMinutes(10);
    /** A key that nobody knows has the set asked for again, but not more often than this. */
    private static final Duration KEYS_AT_MOST = Duration.ofSeconds(30);

    private final IssuerLine line;
    private final Clock clock;
    private final Map<String, Known<Facts>> facts = new ConcurrentHashMap<>();
    private final Map<URI, Known<JWKSet>> keys = new ConcurrentHashMap<>();

    IssuerFacts(IssuerLine line, Clock clock) {
        this.line = line;
        this.clock = clock;
    }

    /**
     * An issuer's addresses and ways.
     *
     * @param authorization where browsers are sent
     * @param endSession where browsers are sent to be logged out (RP-Initiated Logout 1.0, 2.1), or null: it logs nobody out
     * @param secretInBody whether the client's secret is sent in the form instead of the header
     * @param namesItself whether it says in its answer who it is (RFC 9207)
     */
    record Facts(
            URI authorization,
            URI token,
            URI keys,
            @Nullable URI endSession,
            boolean secretInBody,
            boolean namesItself) {}

    private record Known<T>(T value, Instant at) {}

    Facts of(String issuer) throws IssuerTrouble {
        Known<Facts> known = facts.get(issuer);
        if (known == null || known.at().plus(FRESH).isBefore(clock.instant())) {
            known = new Known<>(ask(issuer), clock.instant());
            facts.put(issuer, known);
        }
        return known.value();
    }

    /** Whatever is known is asked for anew. */
    Facts anew(String issuer) throws IssuerTrouble {
        Facts fresh = ask(issuer);
        facts.put(issuer, new Known<>(fresh, clock.instant()));
        keys.put(fresh.keys(), new Known<>(askKeys(fresh.keys()), clock.instant()));
        return fresh;
    }

    JWKSet keys(Facts of) throws IssuerTrouble {
        Known<JWKSet> known = keys.get(of.keys());
        return known == null || known.at().plus(FRESH).isBefore(clock.instant()) ? freshKeys(of) : known.value();
    }

    /** For a signature by a key that is not among the known ones: the issuer may have a new one. */
    JWKSet newerKeys(Facts of) throws IssuerTrouble {
        Known<JWKSet> known = keys.get(of.keys());
        return known == null || known.at().plus(KEYS_AT_MOST).isBefore(clock.instant()) ? freshKeys(of) : known.value();
    }

    private JWKSet freshKeys(Facts of) throws IssuerTrouble {
        JWKSet fresh = askKeys(of.keys());
        keys.put(of.keys(), new Known<>(fresh, clock.instant()));
        return fresh;
    }

    private Facts ask(String issuer) throws IssuerTrouble {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        URI document = address(base + "/.well-known/openid-configuration");
        IssuerLine.Answer answer = line.get(document);
        if (answer.status() != 200) {
            throw IssuerTrouble.unavailable(document + " answers " + answer.status());
        }
        JsonNode body = answer.body();
        if (!body.path("issuer").asString("").equals(issuer)) {
            throw IssuerTrouble.notBelieved(document + " is that of another issuer: \""
                    + Texts.shown(body.path("issuer").asString("")) + "\"");
        }
        JsonNode ways = body.path("token_endpoint_auth_methods_supported");
        // Without the list it is client_secret_basic (Discovery, 3).
        boolean inBody = ways.isArray() && !has(ways, "client_secret_basic") && has(ways, "client_secret_post");
        return new Facts(
                named(body, "authorization_endpoint"),
                named(body, "token_endpoint"),
                named(body, "jwks_uri"),
                body.has("end_session_endpoint") ? named(body, "end_session_endpoint") : null,
                inBody,
                body.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static boolean has(JsonNode list, String value) {
        return list.valueStream().anyMatch(each -> each.asString("").equals(value));
    }

    private URI named(JsonNode body, String field) throws IssuerTrouble {
        URI address = address(body.path(field).asString(""));
        if (!line.takes(address)) {
            throw IssuerTrouble.notBelieved("its " + field + " is no https address");
        }
        return address;
    }

    private JWKSet askKeys(URI address) throws IssuerTrouble {
        IssuerLine.Answer answer = line.get(address);
        if (answer.status() != 200) {
            throw IssuerTrouble.unavailable(address + " answers " + answer.status());
        }
        try {
            return JWKSet.parse(answer.body().toString());
        } catch (ParseException e) {
            throw IssuerTrouble.notBelieved(address + " holds no keys");
        }
    }

    private static URI address(String text) throws IssuerTrouble {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw IssuerTrouble.notBelieved("it names an address that is none");
        }
    }
}
