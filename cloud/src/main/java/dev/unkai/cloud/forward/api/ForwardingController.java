package dev.unkai.cloud.forward.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.Forwarding;
import dev.unkai.cloud.forward.Forwarding.Made;
import dev.unkai.cloud.forward.Trials;
import dev.unkai.cloud.forward.Wish;
import dev.unkai.cloud.forward.api.DestinationView.ProblemView;
import dev.unkai.cloud.forward.send.Sending.Seen;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a history is sent to. It is that of the own project, unless the provider's people name another with {@code project}: a project's id, or
 * {@code provider} for their own.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/forwarding")
class ForwardingController {
    private final Forwarding forwarding;
    private final Trials trials;
    private final Clock clock;

    ForwardingController(Forwarding forwarding, Trials trials, Clock clock) {
        this.forwarding = forwarding;
        this.trials = trials;
        this.clock = clock;
    }

    /**
     * @param kind syslog or webhook
     * @param host of syslog: a name or an address
     * @param port of syslog, such as 6514
     * @param serverName of syslog: what its certificate is of, when not the host
     * @param address of a webhook; begins with https://
     * @param authority certificates in PEM that its own must come from; absent: the public's
     * @param clientCertificate of syslog: what is shown to it, PEM
     * @param clientKey its key, PKCS #8 in PEM; it is never shown again
     * @param from now or beginning
     */
    record Body(
            @Needed @Nullable String name,
            @Needed @OneOf({"syslog", "webhook"}) @Nullable String kind,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String serverName,
            @Nullable String address,
            @Nullable String authority,
            @Nullable String clientCertificate,
            @Nullable String clientKey,
            @OneOf({"now", "beginning"}) @Nullable String from) {
        Wish.Typed typed() {
            return new Wish.Typed(
                    name, kind, host, port, serverName, address, authority, clientCertificate, clientKey, from);
        }

        @Override
        public String toString() {
            return "Body"; // the key is in no log
        }
    }

    record Listing(List<DestinationView> destinations) {}

    /** @param secret what a webhook is signed with; shown this once */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MadeView(DestinationView destination, @Nullable String secret) {
        @Override
        public String toString() {
            return "MadeView"; // the secret is in no log
        }
    }

    /**
     * How a trial went.
     *
     * @param problem absent when it went well
     * @param certificate what the other end shows; absent where it was not looked at
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TrialView(
            @Nullable ProblemView problem, @Nullable CertificateView certificate) {
        static TrialView of(Trials.Outcome outcome) {
            Seen seen = outcome.seen();
            return new TrialView(ProblemView.of(outcome.trouble()), seen == null ? null : CertificateView.of(seen));
        }
    }

    /** @param protocol TLSv1.3 or TLSv1.2 */
    record CertificateView(String subject, String issuer, Instant notBefore, Instant notAfter, String protocol) {
        static CertificateView of(Seen seen) {
            X509Certificate certificate = seen.certificate();
            return new CertificateView(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    seen.protocol());
        }
    }

    /** Where the history is sent to. */
    @Allow("history:forwarding:list")
    @GetMapping("/destinations")
    Listing list(Caller caller, @RequestParam(required = false) @Nullable String project) {
        return new Listing(forwarding.list(caller, Forwarding.log(caller, project)).stream()
                .map(this::view)
                .toList());
    }

    /** One destination and how far it has come. */
    @Allow("history:forwarding:list")
    @GetMapping("/destinations/{id}")
    DestinationView show(Caller caller, @PathVariable UUID id) {
        return view(forwarding.show(caller, id));
    }

    /** 503 while the ledger does not answer: it must be known where the history ends now. */
    @Shape(status = 201)
    @Allow("history:forwarding:manage")
    @PostMapping("/destinations")
    ResponseEntity<MadeView> create(
            Caller caller, @RequestBody Body body, @RequestParam(required = false) @Nullable String project) {
        String log = Forwarding.log(caller, project);
        return made(HttpStatus.CREATED, forwarding.create(caller, log, forwarding.wish(body.typed(), log)));
    }

    /** Changes a destination. All of it is sent, but the key, which stays where it is not given. */
    @Allow("history:forwarding:manage")
    @PutMapping("/destinations/{id}")
    DestinationView change(Caller caller, @PathVariable UUID id, @RequestBody Body body) {
        String log = forwarding.show(caller, id).log();
        return view(forwarding.change(caller, id, forwarding.wish(body.typed(), log)));
    }

    /** Sends no more to it. */
    @Allow("history:forwarding:manage")
    @DeleteMapping("/destinations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID id) {
        forwarding.delete(caller, id);
    }

    /** A new secret for a webhook; the one before signs as well for a day. */
    @Allow("history:forwarding:manage")
    @PostMapping("/destinations/{id}/secret")
    ResponseEntity<MadeView> rotate(Caller caller, @PathVariable UUID id) {
        return made(HttpStatus.OK, forwarding.rotate(caller, id));
    }

    /** Stops sending until it is resumed. Nothing is lost. */
    @Allow("history:forwarding:operate")
    @PutMapping("/destinations/{id}/pause")
    DestinationView pause(Caller caller, @PathVariable UUID id) {
        return view(forwarding.pause(caller, id));
    }

    /** Goes on where it stopped. */
    @Allow("history:forwarding:operate")
    @DeleteMapping("/destinations/{id}/pause")
    DestinationView resume(Caller caller, @PathVariable UUID id) {
        return view(forwarding.resume(caller, id));
    }

    /** Tries a failing destination at once. */
    @Allow("history:forwarding:operate")
    @PostMapping("/destinations/{id}/attempt")
    DestinationView tryNow(Caller caller, @PathVariable UUID id) {
        return view(forwarding.tryNow(caller, id));
    }

    /** Sends a message that tells of no event, and waits for what becomes of it. */
    @Allow("history:forwarding:operate")
    @PostMapping("/destinations/{id}/test")
    TrialView test(Caller caller, @PathVariable UUID id) {
        return TrialView.of(trials.test(caller, id));
    }

    /**
     * Connects, sends nothing and saves nothing.
     *
     * @param destination the one that would be changed, whose key is used where none is given
     */
    @Allow("history:forwarding:manage")
    @PostMapping("/checks")
    TrialView check(
            Caller caller,
            @RequestBody Body body,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable UUID destination) {
        String log = destination == null
                ? Forwarding.log(caller, project)
                : forwarding.show(caller, destination).log();
        return TrialView.of(trials.check(caller, log, forwarding.wish(body.typed(), log), destination));
    }

    private DestinationView view(Destination destination) {
        return DestinationView.of(destination, clock.instant());
    }

    private ResponseEntity<MadeView> made(HttpStatus status, Made made) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(new MadeView(view(made.destination()), made.secret()));
    }
}
