package dev.unkai.identity.passwordlink;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.account.PasswordRule;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.Requester;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The page that a newcomer's sealed link leads to, whether the password is chosen there or shown; the cloud's edge shows this as
 * {@code /service/v1/first-credentials}. The secret in the link is the permission.
 */
@RestController
@RequestMapping("/identity/service/v1/first-credentials")
public final class FirstPasswordController {
    private static final int LONGEST_TOKEN = 100;

    private final PasswordByLink passwords;

    FirstPasswordController(PasswordByLink passwords) {
        this.passwords = passwords;
    }

    record LinkSent(Link credential) {}

    record Link(String token) {}

    record OpeningSent(Opening credential) {}

    /** @param password where its owner chooses it */
    record Opening(String token, @Nullable String password) {}

    /** {@code {"credential": {"token": …}}}: what the link is for; changes nothing. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/reading")
    ResponseEntity<PasswordByLink.Sealed> look(
            @Shape(LinkSent.class) @RequestBody JsonNode body, HttpServletRequest request) {
        Body credential = Body.under(body, "credential").only(Link.class);
        return fresh(passwords.look(credential.text("token", LONGEST_TOKEN), Requester.of(request)));
    }

    /** {@code {"credential": {"token": …, "password": …}}}; the password only where its owner chooses it. */
    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<PasswordByLink.Opened> open(
            @Shape(OpeningSent.class) @RequestBody JsonNode body, HttpServletRequest request) {
        Body credential = Body.under(body, "credential").only(Opening.class);
        @Nullable String password = PasswordRule.read(credential, "password");
        return fresh(passwords.first(credential.text("token", LONGEST_TOKEN), password, Requester.of(request)));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
