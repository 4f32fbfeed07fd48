package dev.unkai.cloud.certificate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.certificate.CertificateFacts;
import dev.unkai.cloud.certificate.Certificates;
import dev.unkai.cloud.certificate.RenewalAttempt;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The certificates of the site, for operators. */
@RestController
@ServiceApi
class CertificatesController {
    private static final Set<String> BY_ITSELF = Set.of("built-in", "acme", "host");

    private final Certificates certificates;
    private final Clock clock;

    CertificatesController(Certificates certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * @param name where it is used: edge, cloud, identity, ledger, vpn, gateway, southbound, launcher, authority, hosts-authority or host
     * @param renewal who renews it: built-in (the site's own authority, by itself), acme, file, host (asks by itself) or up
     * @param origin where it comes from: the directory of the ACME server, or the file that an operator replaces
     * @param renewsAt when a third of its life is left; absent where it does not renew by itself
     * @param triedAt when its renewal was last looked after: whether it is due, whether the files have changed, or the order of a new one
     * @param nextTryAt when a renewal that failed is tried again by itself
     * @param failure why there is no new one
     * @param state good, expiring (30 days, or a quarter of the life), urgent (7 days, or a tenth), ended, or unseen
     * @param problem why it could not be looked at just now: unreachable or unreadable
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CertificateView(
            String name,
            @Nullable String host,

            @OneOf({"built-in", "acme", "file", "host", "up"})
            String renewal,

            @Nullable String origin,

            @OneOf({"good", "expiring", "urgent", "ended", "unseen"})
            String state,

            @Nullable String subject,
            @Nullable List<String> names,
            @Nullable String issuer,
            @Nullable String fingerprint,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant renewsAt,
            @Nullable Instant triedAt,
            @Nullable Instant nextTryAt,
            @Nullable FailureView failure,
            @Nullable Instant seenAt,
            @OneOf({"unreachable", "unreadable"}) @Nullable String problem,
            @Nullable String detail) {
        static CertificateView of(Certificates.Entry entry, Instant now) {
            CertificateFacts facts = entry.certificate();
            RenewalAttempt attempt = entry.attempt();
            return new CertificateView(
                    entry.name(),
                    entry.host(),
                    entry.renewal(),
                    entry.origin(),
                    facts == null ? "unseen" : facts.nearness(now).name().toLowerCase(Locale.ROOT),
                    facts == null ? null : facts.subject(),
                    facts == null ? null : facts.names(),
                    facts == null ? null : facts.issuer(),
                    facts == null ? null : facts.fingerprint(),
                    facts == null ? null : facts.from(),
                    facts == null ? null : facts.until(),
                    facts == null || !BY_ITSELF.contains(entry.renewal()) ? null : facts.thirdLeft(),
                    attempt == null ? null : attempt.at(),
                    attempt == null ? null : attempt.next(),
                    attempt == null
                            ? null
                            : attempt.failure().map(FailureView::of).orElse(null),
                    entry.seenAt(),
                    entry.problem(),
                    entry.detail());
        }
    }

    /**
     * @param reason a word for the sentence: unreadable, no-certificate, no-key, key-locked, key-weak, key-other, ended, early, names, purpose,
     *     order, incomplete, invalid or failed
     * @param values what the sentence is about, in its order
     * @param detail the sentence in English
     */
    record FailureView(String reason, List<String> values, String detail) {
        static FailureView of(RenewalAttempt.Failure failure) {
            return new FailureView(failure.reason(), failure.values(), failure.detail());
        }
    }

    record Listing(List<CertificateView> certificates) {}

    /** All certificates of the site as they are in use now. */
    @Allow("operation:certificate:list")
    @GetMapping("/service/v1/certificates")
    Listing list(Caller caller) {
        Instant now = clock.instant();
        return new Listing(certificates.list(caller).stream()
                .map(entry -> CertificateView.of(entry, now))
                .toList());
    }

    /** Tries a renewal that failed again at once. 404: no such certificate; 409: nothing to try, or the ACME server asked for a pause. */
    @Allow("operation:certificate:retry")
    @PostMapping("/service/v1/certificates/{name}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(Caller caller, @PathVariable String name) {
        certificates.retry(caller, name);
    }
}
