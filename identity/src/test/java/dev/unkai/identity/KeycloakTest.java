package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real Keycloak, through its own log-in form. */
class KeycloakTest {
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final RunningIdentity identity = RunningIdentity.shared();

    /** The few things of a browser that the form needs. */
    private static final class Browser {
        private final HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        private final Map<String, String> cookies = new LinkedHashMap<>();

        HttpResponse<String> get(String address) {
            return send(HttpRequest.newBuilder(URI.create(address)));
        }

        HttpResponse<String> post(String address, String form) {
            return send(HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining("; ")));
            }
            try {
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                answer.headers().allValues("Set-Cookie").forEach(line -> {
                    String pair = line.substring(0, line.indexOf(';'));
                    cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
                });
                return answer;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void itsUserSignsInByItsFormAndItsWordIsCheckedInEachPoint() {
        try (RunningKeycloak keycloak = new RunningKeycloak()) {
            SignIn signIn = SignIn.registered(
                    identity,
                    "alpha",
                    keycloak.issuer(),
                    Map.of("name", "Keycloak", "secondFactor", List.of("mfa"), "logOutThere", true),
                    List.of(Map.of("value", "cloud-users", "role", "member")));
            Browser browser = new Browser();
            String address = signIn.begin().body().path("address").asString();
            String wrongAnswer = form(browser.get(address));
            HttpResponse<String> wrong = browser.post(wrongAnswer, "username=sato&password=a+guess&credentialId=");
            assertThat(wrong.statusCode()).as("its form again").isEqualTo(200);
            Map<String, String> back =
                    back(browser.post(form(wrong), "username=sato&password=only+keycloak+knows+it&credentialId="));
            assertThat(back).containsEntry("iss", keycloak.issuer());

            Answer entered = signIn.finish(back.get("state"), back.get("code"), back.get("iss"));

            assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
            String token = entered.header("X-Subject-Token");
            JsonNode said = identity.subject("GET", token, token).body().path("token");
            assertThat(said.at("/user/name").asString()).isEqualTo("sato");
            assertThat(said.path("roles").toString()).contains("member");
            assertThat(said.path("methods").toString()).isEqualTo("[\"openid\"]");
            String proof = "/identity/service/v1/account/second-factor";
            assertThat(identity.send("POST", proof, token, Map.of("proof", Map.of()))
                            .status())
                    .as("it says when its user showed who he is")
                    .isEqualTo(200);

            // The same code again, with a state of its own: Keycloak knows that it was redeemed.
            Map<String, String> other =
                    FakeIssuer.query(signIn.begin().body().path("address").asString());
            assertThat(signIn.finish(other.get("state"), back.get("code"), back.get("iss"))
                            .header("X-Unkai-Refusal"))
                    .isEqualTo("SignInNotBelieved");
            // It knows its user now, and lets him in without a form, unless it is asked to look again.
            Map<String, String> known =
                    back(browser.get(signIn.begin().body().path("address").asString()));
            assertThat(signIn.finish(known.get("state"), known.get("code"), known.get("iss"))
                            .status())
                    .isEqualTo(201);
            HttpResponse<String> asked = browser.get(
                    signIn.begin(Map.of("fresh", true)).body().path("address").asString());
            Map<String, String> fresh =
                    back(browser.post(form(asked), "username=sato&password=only+keycloak+knows+it&credentialId="));
            assertThat(signIn.finish(fresh.get("state"), fresh.get("code"), fresh.get("iss"))
                            .status())
                    .isEqualTo(201);

            itsSessionEndsWithOurs(signIn, browser, entered);
            signIn.remove();
            await().untilAsserted(() -> assertThat(
                            identity.get("/identity/v3/auth/projects", token).status())
                    .isEqualTo(401));
        }
    }

    /** Sent there at the log-out, the browser comes back without a question, and is asked for the password at the next sign-in. */
    private void itsSessionEndsWithOurs(SignIn signIn, Browser browser, Answer entered) {
        String session = identity.context
                .getBean(TokenVerifier.class)
                .verify(entered.header("X-Subject-Token"))
                .orElseThrow()
                .auditIds()
                .getLast();
        Answer left = identity.send(
                "POST",
                "/identity/service/v1/sessions/" + session + "/log-out",
                entered.header("X-Subject-Token"),
                null);
        assertThat(left.status()).as(left.raw().body()).isEqualTo(200);
        HttpResponse<String> out = browser.get(left.body().path("leave").asString());
        assertThat(out.headers().firstValue("Location")).as(out.body()).contains("https://cloud.test:8443/");
        assertThat(FORM.matcher(browser.get(
                                        signIn.begin().body().path("address").asString())
                                .body())
                        .find())
                .as("it knows him no more")
                .isTrue();
    }

    private static String form(HttpResponse<String> page) {
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.statusCode() + " " + page.body()).isTrue();
        return form.group(1).replace("&amp;", "&");
    }

    /** What it sends the browser back with. */
    private static Map<String, String> back(HttpResponse<String> answer) {
        String address = answer.headers().firstValue("Location").orElse("");

        assertThat(address).as(answer.body()).startsWith("https://cloud.test:8443/sign-in/return?");
        return FakeIssuer.query(address);
    }
}
