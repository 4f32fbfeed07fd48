package dev.unkai.identity.contract;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.account.PasswordRule;
import dev.unkai.identity.api.Body;
import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Breaking the seal of a first password; the cloud's edge shows this as {@code /service/v1/first-credentials}. The secret in the link is the permission. */
@RestController
@RequestMapping("/identity/service/v1/first-credentials")
public final class FirstCredentialController {
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{20,100}");

    private final FirstCredentials credentials;

    FirstCredentialController(FirstCredentials credentials) {
        this.credentials = credentials;
    }

    /** {@code {"credential": {"token": …}}}: what the link is for; changes nothing. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/reading")
    ResponseEntity<FirstCredentials.Sealed> look(@RequestBody JsonNode body) {
        Body credential = Body.under(body, "credential").only("token");
        return fresh(credentials.look(secret(credential)));
    }

    /** {@code {"credential": {"token": …, "password": …}}}; the password only where its owner chooses it. */
    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<FirstCredentials.Opened> open(@RequestBody JsonNode body, HttpServletRequest request) {
        Body credential = Body.under(body, "credential").only("token", "password");
        @Nullable String password = PasswordRule.read(credential, "password");
        return fresh(credentials.open(
                new FirstCredentials.Asker(Peer.address(request), Peer.agent(request), Peer.requestId(request)),
                secret(credential),
                password));
    }

    private static String secret(Body credential) {
        String token = credential.text("token", 100);
        if (!SECRET.matcher(token).matches()) {
            throw Refusal.notFound("This is no such link. Open the link in the mail as it is.");
        }
        return token;
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
