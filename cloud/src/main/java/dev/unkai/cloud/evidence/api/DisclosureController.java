package dev.unkai.cloud.evidence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.evidence.Disclosure;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.Disclosure.Channel;
import dev.unkai.cloud.evidence.Disclosure.Request;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.DisclosureTelling;
import dev.unkai.cloud.evidence.Disclosures;
import dev.unkai.cloud.evidence.Entry;
import dev.unkai.cloud.evidence.EvidencePackage;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Secrecy;
import dev.unkai.cloud.evidence.store.DisclosureStore.Search;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The register of disclosures. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/evidence/disclosures")
class DisclosureController {
    private static final int SHOWN = 500;
    private static final int EXPORTED = 100_000;

    private final Disclosures disclosures;
    private final DisclosureTelling telling;

    DisclosureController(Disclosures disclosures, DisclosureTelling telling) {
        this.disclosures = disclosures;
        this.telling = telling;
    }

    /**
     * A request for a customer's data.
     *
     * @param channel letter, visit, mail, telephone or other
     * @param state received, proposed, granted, partly, refused, handed_over, closed or withdrawn
     * @param proposal granted, partly or refused
     * @param secretUntil the customer is not told before, as two people have decided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DisclosureView(
            UUID id,
            String reference,
            String requester,
            String theirNumber,
            @OneOf(of = Channel.class) String channel,
            Instant receivedAt,
            String legalBasis,
            String project,
            String scope,
            @Nullable Instant from,
            @Nullable Instant to,
            @OneOf(of = State.class) String state,
            boolean mayTell,
            Person recordedBy,
            Instant recordedAt,
            @OneOf(of = Answer.class) @Nullable String proposal,
            @Nullable String reason,
            @Nullable Person proposedBy,
            @Nullable Instant proposedAt,
            @Nullable Person decidedBy,
            @Nullable Instant decidedAt,
            @Nullable UUID packageId,
            @Nullable String handedTo,
            @Nullable Instant handedAt,
            @Nullable Instant toldAt,
            @Nullable Instant secretUntil) {
        static DisclosureView of(Disclosure one) {
            Request asked = one.request();
            Answer answer = one.proposal();
            return new DisclosureView(
                    one.id(),
                    one.reference(),
                    asked.requester(),
                    asked.theirNumber(),
                    asked.channel().wireName(),
                    asked.receivedAt(),
                    asked.legalBasis(),
                    asked.project(),
                    asked.scope(),
                    asked.from(),
                    asked.to(),
                    one.state().wireName(),
                    one.mayTell(),
                    one.recorded(),
                    one.recordedAt(),
                    answer == null ? null : answer.wireName(),
                    one.reason(),
                    one.proposed(),
                    one.proposedAt(),
                    one.decided(),
                    one.decidedAt(),
                    one.packageId(),
                    one.handedTo(),
                    one.handedAt(),
                    one.toldAt(),
                    one.secretUntil());
        }
    }

    /** Newest first, 500 at most. */
    record Listing(List<DisclosureView> disclosures) {}

    /** A package that was made for a request. */
    record PackageLink(
            UUID id,
            String name,
            @OneOf(of = EvidencePackage.State.class) String state) {
        static PackageLink of(EvidencePackage one) {
            return new PackageLink(one.id(), one.name(), one.state().wireName());
        }
    }

    /** With all that was done about it, the periods for which its customer is not told, and the packages made for it; oldest first. */
    record WholeView(
            DisclosureView disclosure, List<Entry> changes, List<Secrecy> secrecy, List<PackageLink> packages) {}

    /** The register, newest first. */
    @Allow("evidence:disclosure:list")
    @GetMapping
    Listing list(
            Caller caller,
            @RequestParam(required = false) @Nullable String words,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        return new Listing(disclosures.list(caller, search(words, state, project, from, to, SHOWN)).stream()
                .map(DisclosureView::of)
                .toList());
    }

    /** The same as a file for spreadsheets. */
    @Shape(type = "text/csv")
    @Allow("evidence:disclosure:export")
    @GetMapping("/export")
    ResponseEntity<String> export(
            Caller caller,
            @RequestParam(required = false) @Nullable String words,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        String csv = DisclosureCsv.of(disclosures.export(caller, search(words, state, project, from, to, EXPORTED)));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"unkai-disclosures.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(csv);
    }

    private static Search search(
            @Nullable String words,
            @Nullable String state,
            @Nullable String project,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) {
        return new Search(
                Texts.optional("words", words, Texts.LONG),
                state == null ? null : one("state", State.values(), State::wireName, state),
                Texts.optional("project", project, Texts.SHORT),
                from,
                to,
                limit);
    }

    /** One request with its history. */
    @Allow("evidence:disclosure:show")
    @GetMapping("/{id}")
    WholeView show(Caller caller, @PathVariable UUID id) {
        Disclosures.Whole whole = disclosures.show(caller, id);
        return new WholeView(
                DisclosureView.of(whole.disclosure()),
                whole.changes(),
                whole.secrecy(),
                whole.packages().stream().map(PackageLink::of).toList());
    }

    /**
     * A request as it came in.
     *
     * @param theirNumber of the requester's letter; may be left out
     * @param mayTell needed when it is recorded; later it is changed by itself
     * @param reason why it is put right; needed for that
     */
    record Wish(
            @Needed @Nullable String requester,
            @Nullable String theirNumber,
            @Needed @OneOf(of = Channel.class) @Nullable String channel,
            @Needed @Nullable Instant receivedAt,
            @Needed @Nullable String legalBasis,
            @Needed @Nullable String project,
            @Needed @Nullable String scope,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Boolean mayTell,
            @Nullable String reason) {
        Request request() {
            String customer = Texts.project(project);
            if (customer == null) {
                throw Refusal.invalid("\"project\" is the id of the customer's project that the request is about.");
            }
            if (receivedAt == null) {
                throw Refusal.invalid(
                        "\"receivedAt\" is the time when the request came, such as 2026-01-31T12:00:00Z.");
            }
            String theirs = Texts.optional("theirNumber", theirNumber, Texts.SHORT);
            return new Request(
                    Texts.needed("requester", requester, Texts.LINE),
                    theirs == null ? "" : theirs,
                    one("channel", Channel.values(), Channel::wireName, channel),
                    receivedAt,
                    Texts.needed("legalBasis", legalBasis, Texts.LINE),
                    customer,
                    Texts.needed("scope", scope, Texts.LONG),
                    from,
                    to);
        }
    }

    /** Records a request that came in. */
    @Allow("evidence:disclosure:record")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DisclosureView record(Caller caller, @RequestBody Wish body) {
        return DisclosureView.of(disclosures.record(caller, body.request(), told(body.mayTell())));
    }

    /** Puts right what was written down; what stood there before stays in its history. */
    @Allow("evidence:disclosure:change")
    @PutMapping("/{id}")
    DisclosureView correct(Caller caller, @PathVariable UUID id, @RequestBody Wish body) {
        return DisclosureView.of(
                disclosures.correct(caller, id, body.request(), Texts.needed("reason", body.reason(), Texts.LONG)));
    }

    record Proposal(
            @Needed @OneOf(of = Answer.class) @Nullable String answer,
            @Needed @Nullable String reason) {}

    /** Proposes the answer. A second person decides. */
    @Allow("evidence:disclosure:change")
    @PutMapping("/{id}/proposal")
    DisclosureView propose(Caller caller, @PathVariable UUID id, @RequestBody Proposal body) {
        return DisclosureView.of(disclosures.propose(
                caller,
                id,
                one("answer", Answer.values(), Answer::wireName, body.answer()),
                Texts.needed("reason", body.reason(), Texts.LONG)));
    }

    record Decision(
            @Needed @Nullable Boolean agreed,
            @Needed @Nullable String note) {}

    /** The second person's: agreed, or given back to be proposed anew. */
    @Allow("evidence:disclosure:decide")
    @PutMapping("/{id}/decision")
    DisclosureView decide(Caller caller, @PathVariable UUID id, @RequestBody Decision body) {
        if (body.agreed() == null) {
            throw Refusal.invalid("\"agreed\" is true or false.");
        }
        return DisclosureView.of(
                disclosures.decide(caller, id, body.agreed(), Texts.needed("note", body.note(), Texts.LONG)));
    }

    record Handover(@Needed @Nullable String to) {}

    /** The answer was handed to somebody. */
    @Allow("evidence:disclosure:change")
    @PutMapping("/{id}/handover")
    DisclosureView handOver(Caller caller, @PathVariable UUID id, @RequestBody Handover body) {
        return DisclosureView.of(disclosures.handOver(caller, id, Texts.needed("to", body.to(), Texts.LINE)));
    }

    record Note(@Needed @Nullable String note) {}

    /** Closes it after the answer was handed over. */
    @Allow("evidence:disclosure:change")
    @PutMapping("/{id}/closure")
    DisclosureView close(Caller caller, @PathVariable UUID id, @RequestBody Note body) {
        return DisclosureView.of(disclosures.close(caller, id, Texts.needed("note", body.note(), Texts.LONG)));
    }

    /** Whoever had asked has taken the request back. */
    @Allow("evidence:disclosure:change")
    @PutMapping("/{id}/withdrawal")
    DisclosureView withdraw(Caller caller, @PathVariable UUID id, @RequestBody Note body) {
        return DisclosureView.of(disclosures.withdraw(caller, id, Texts.needed("note", body.note(), Texts.LONG)));
    }

    /** Adds a note to its history. */
    @Allow("evidence:disclosure:change")
    @PostMapping("/{id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    DisclosureView note(Caller caller, @PathVariable UUID id, @RequestBody Note body) {
        return DisclosureView.of(disclosures.note(caller, id, Texts.needed("note", body.note(), Texts.LONG)));
    }

    record Link(@Needed @Nullable UUID packageId) {}

    /** A package that was made before answers this request too. */
    @Allow("evidence:disclosure:change")
    @PostMapping("/{id}/packages")
    DisclosureView link(Caller caller, @PathVariable UUID id, @RequestBody Link body) {
        if (body.packageId() == null) {
            throw Refusal.invalid("\"packageId\" is the id of a package of the same project.");
        }
        return DisclosureView.of(disclosures.link(caller, id, body.packageId()));
    }

    record Openness(
            @Needed @Nullable Boolean mayTell,
            @Needed @Nullable String reason) {}

    /** Changes whether the customer may be told. */
    @Allow("evidence:disclosure:decide")
    @PutMapping("/{id}/openness")
    DisclosureView mayTell(Caller caller, @PathVariable UUID id, @RequestBody Openness body) {
        return DisclosureView.of(
                telling.mayTell(caller, id, told(body.mayTell()), Texts.needed("reason", body.reason(), Texts.LONG)));
    }

    /** @param language ja or en */
    record Notice(
            @Needed @Nullable String email,
            @Needed @OneOf({"ja", "en"}) @Nullable String language) {}

    /** Tells the customer by mail. */
    @Allow("evidence:disclosure:decide")
    @PostMapping("/{id}/notice")
    DisclosureView tell(Caller caller, @PathVariable UUID id, @RequestBody Notice body) {
        Mail.Language language =
                Mail.Language.of(body.language()).orElseThrow(() -> Refusal.invalid("\"language\" is ja or en."));
        MailAddress address = MailAddress.parse(Texts.needed("email", body.email(), Texts.LINE))
                .orElseThrow(() -> Refusal.invalid("\"email\" is not a mail address."));
        return DisclosureView.of(telling.tell(caller, id, address, language));
    }

    private static boolean told(@Nullable Boolean mayTell) {
        if (mayTell == null) {
            throw Refusal.invalid("Say in \"mayTell\" whether the customer may be told: true or false.");
        }
        return mayTell;
    }

    private static <T> T one(String field, T[] values, Function<T, String> name, @Nullable String wanted) {
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("\"" + field + "\" is one of: "
                        + Arrays.stream(values).map(name).collect(Collectors.joining(", ")) + "."));
    }
}
