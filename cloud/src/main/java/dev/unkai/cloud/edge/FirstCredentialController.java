package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Breaking the seal of an account's first password, which identity keeps. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/first-credentials")
public final class FirstCredentialController {
    private final IdentityPassage identity;

    public FirstCredentialController(IdentityPassage identity) {
        this.identity = identity;
    }

    @Allow(Allow.PUBLIC)
    @PostMapping({"", "/reading"})
    ResponseEntity<byte[]> open(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }
}
