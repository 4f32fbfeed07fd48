package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The mails of identity, which keeps them in its own database; the addresses and answers are those of {@code /service/v1/mails}. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/identity-mails")
public final class IdentityMailController {
    private final IdentityPassage identity;

    public IdentityMailController(IdentityPassage identity) {
        this.identity = identity;
    }

    @Allow("mail:outbox:read")
    @GetMapping({"", "/{mail}"})
    ResponseEntity<byte[]> read(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    @Allow("mail:outbox:open")
    @PostMapping("/{mail}/opening")
    ResponseEntity<byte[]> open(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    @Allow("mail:outbox:change")
    @PostMapping("/{mail}/retry")
    ResponseEntity<byte[]> retry(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }
}
