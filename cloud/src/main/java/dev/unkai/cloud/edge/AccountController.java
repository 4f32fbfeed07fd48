package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.TokenGate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * One's own account and second factors, handed on to identity, which has the same addresses below {@code /identity} and
 * checks and records everything itself.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1")
public final class AccountController {
    private final IdentityLink identity;
    private final TokenGate gate;

    public AccountController(IdentityLink identity, TokenGate gate) {
        this.identity = identity;
        this.gate = gate;
    }

    @Allow("account:read")
    @GetMapping({"/account", "/account/second-factor"})
    ResponseEntity<byte[]> read(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:change")
    @PostMapping({
        "/account/address",
        "/account/password",
        "/account/second-factor",
        "/account/second-factor/recovery-codes",
        "/account/second-factor/removal",
        "/account/passkeys",
        "/account/passkeys/challenge",
        "/account/passkeys/{id}/removal"
    })
    ResponseEntity<byte[]> change(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:change")
    @PutMapping({"/account/second-factor", "/account/passkeys", "/account/passkeys/{id}"})
    ResponseEntity<byte[]> confirm(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:second-factor:remove")
    @DeleteMapping("/users/{user}/second-factor")
    ResponseEntity<byte[]> removeLost(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:exception:list")
    @GetMapping("/second-factor-exceptions")
    ResponseEntity<byte[]> exceptions(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:exception:change")
    @PutMapping("/second-factor-exceptions/{user}")
    ResponseEntity<byte[]> except(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    @Allow("account:exception:change")
    @DeleteMapping("/second-factor-exceptions/{user}")
    ResponseEntity<byte[]> endException(HttpServletRequest request) throws IOException {
        return pass(request);
    }

    private ResponseEntity<byte[]> pass(HttpServletRequest request) throws IOException {
        HttpResponse<byte[]> answer = identity.send(identity.request(request, "/identity" + request.getRequestURI())
                .header("X-Auth-Token", String.valueOf(gate.sent(request)))
                .header("Content-Type", "application/json")
                .method(
                        request.getMethod(),
                        BodyPublishers.ofByteArray(request.getInputStream().readAllBytes()))
                .build());
        IdentityAnswer.orRefusal(answer);
        ResponseEntity.BodyBuilder good =
                ResponseEntity.status(answer.statusCode()).cacheControl(CacheControl.noStore());
        return answer.body().length == 0
                ? good.build()
                : good.contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }
}
