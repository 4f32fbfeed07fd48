package dev.unkai.cloud.mail;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.token.Caller;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The mails of the service itself, for operators; those of identity stand at {@code /service/v1/identity-mails}, see edge. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/mails")
final class MailController {
    private final MailOutbox outbox;

    MailController(MailOutbox outbox) {
        this.outbox = outbox;
    }

    /** The mails on their way, newest first. */
    @Allow("mail:outbox:read")
    @GetMapping
    MailOutbox.Listing list(Caller caller) {
        return outbox.list(caller);
    }

    /** One mail; links in it are hidden. */
    @Allow("mail:outbox:read")
    @GetMapping("/{mail}")
    MailOutbox.Shown show(Caller caller, @PathVariable String mail) {
        return outbox.show(caller, mail);
    }

    /** With its links, where no relay is configured and an operator hands it on; recorded. */
    @Allow("mail:outbox:open")
    @PostMapping("/{mail}/opening")
    ResponseEntity<MailOutbox.Shown> open(Caller caller, @PathVariable String mail) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(outbox.open(caller, mail));
    }

    /** Sends a mail that has failed once more. */
    @Allow("mail:outbox:change")
    @PostMapping("/{mail}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(Caller caller, @PathVariable String mail) {
        outbox.retry(caller, mail);
    }
}
