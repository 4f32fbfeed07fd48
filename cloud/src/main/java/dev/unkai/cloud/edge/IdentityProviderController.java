package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The identity providers of contracts (OpenID Connect), which identity keeps: an operator registers them, who manages a contract sees its own. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/identity-providers")
public final class IdentityProviderController {
    private final IdentityPassage identity;

    public IdentityProviderController(IdentityPassage identity) {
        this.identity = identity;
    }

    @Allow("identity-provider:list")
    @GetMapping({"", "/{provider}"})
    ResponseEntity<byte[]> read(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /**
     * {@code {"identityProvider": {"contract": ID, "name", "issuer", "clientId", "clientSecret", "scopes", "nameClaim", "mappingClaim", "rules": [{"value",
     * "role" | "group"}], "secondFactor": [], "enabled"}}}. A change leaves contract and issuer as they are, and the secret where it is not given.
     */
    @Allow("identity-provider:change")
    @PostMapping
    ResponseEntity<byte[]> create(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    @Allow("identity-provider:change")
    @PutMapping("/{provider}")
    ResponseEntity<byte[]> update(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    @Allow("identity-provider:change")
    @DeleteMapping("/{provider}")
    ResponseEntity<byte[]> delete(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** Asks the issuer now: {@code {"trouble": null}} or what is wrong. */
    @Allow("identity-provider:check")
    @PostMapping("/{provider}/check")
    ResponseEntity<byte[]> check(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }
}
