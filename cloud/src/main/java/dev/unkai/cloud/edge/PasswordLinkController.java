package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.SourceCheck;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Links in mails, for people who are not logged in: forgotten and issued passwords, a new mail address; identity decides. Mails are written in the language of the request. */
@RestController
@ServiceApi
@RequestMapping("/service/v1")
public final class PasswordLinkController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final IdentityLink identity;
    private final TokenGate gate;

    public PasswordLinkController(IdentityLink identity, TokenGate gate) {
        this.identity = identity;
        this.gate = gate;
    }

    /** Whose password is forgotten. */
    record Forgotten(
            @Needed @Nullable String domain,
            @Needed @Nullable String user) {}

    /** A link's secret, and for a forgotten password the new one. */
    record Link(@Needed @Nullable String token, @Nullable String password) {
        @Override
        public String toString() {
            return "link";
        }
    }

    /** 202 whether there is such an account or not; a link goes to its registered address. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-resets")
    ResponseEntity<byte[]> ask(@RequestBody Forgotten forgotten, HttpServletRequest request) {
        return send(
                "/password-resets", "reset", given("domain", forgotten.domain(), "user", forgotten.user()), request);
    }

    /** Sets the new password; all sessions of the account end. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-resets/use")
    ResponseEntity<byte[]> reset(@RequestBody Link link, HttpServletRequest request) {
        return send(
                "/password-resets/use", "reset", given("token", link.token(), "password", link.password()), request);
    }

    /** The holder of the link reads the new address of his account: from now on it is registered. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/address-confirmations")
    ResponseEntity<byte[]> confirmAddress(@RequestBody Link link, HttpServletRequest request) {
        Map<String, String> fields = given("token", link.token(), "token", link.token());
        return onward("/address-confirmations", Map.of("confirmation", fields), request);
    }

    /** Shows an issued password: once, then its link is gone. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-issues/open")
    ResponseEntity<byte[]> open(@RequestBody Link link, HttpServletRequest request) {
        return send("/password-issues/open", "issue", given("token", link.token(), "token", link.token()), request);
    }

    /** An operator issues a password to the user. */
    @Shape(name = "Accepted", status = 202)
    @Allow("account:password:issue")
    @PostMapping("/password-issues/{user}")
    ResponseEntity<byte[]> issue(Caller caller, @PathVariable String user, HttpServletRequest request) {
        if (!user.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Refusal.notFound("There is no such user.");
        }
        return send("/password-issues/" + user, "issue", Map.of(), request);
    }

    private static Map<String, String> given(
            String one, @Nullable String first, String other, @Nullable String second) {
        if (first == null || first.isBlank() || second == null || second.isBlank()) {
            throw Refusal.invalid("Give \"" + one + "\" and \"" + other + "\".");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(one, first);
        fields.put(other, second);
        return fields;
    }

    private ResponseEntity<byte[]> send(
            String path, String name, Map<String, String> fields, HttpServletRequest request) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("language", SourceCheck.speaksJapanese(request) ? "ja" : "en");
        return onward(path, Map.of(name, all), request);
    }

    private ResponseEntity<byte[]> onward(String path, Map<String, ?> body, HttpServletRequest request) {
        HttpRequest.Builder outbound = identity.request(request, "/identity/service/v1" + path)
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        String token = gate.sent(request);
        if (token != null) {
            outbound.header("X-Auth-Token", token);
        }
        HttpResponse<byte[]> answer = IdentityAnswer.orRefusal(identity.send(outbound.build()));
        ResponseEntity.BodyBuilder good =
                ResponseEntity.status(answer.statusCode()).cacheControl(CacheControl.noStore());
        return answer.body().length == 0
                ? good.build()
                : good.contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }
}
