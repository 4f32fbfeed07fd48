package dev.unkai.cloud.evidence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.evidence.Entry;
import dev.unkai.cloud.evidence.EvidencePackage;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.Span;
import dev.unkai.cloud.evidence.EvidencePackage.Whole;
import dev.unkai.cloud.evidence.EvidencePackages;
import dev.unkai.cloud.evidence.EvidencePackages.Handling;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Obstacle;
import dev.unkai.cloud.evidence.PackageArchive;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Evidence packages: asked for, looked at, taken out, handed over, destroyed. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/evidence/packages")
class PackageController {
    private final EvidencePackages packages;
    private final PackageArchive archive;

    PackageController(EvidencePackages packages, PackageArchive archive) {
        this.packages = packages;
        this.archive = archive;
    }

    /**
     * Why something does not come.
     *
     * @param kind server_gone, not_running, host_full, host_too_old, late, host, ledger, events_late, no_room or not_written
     * @param detail what was said, in English, where the kind does not say all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ObstacleView(
            @OneOf(of = Obstacle.Kind.class) String kind,
            @Nullable String detail) {
        static @Nullable ObstacleView of(@Nullable Obstacle one) {
            return one == null ? null : new ObstacleView(one.kind().wireName(), one.detail());
        }
    }

    /**
     * A package.
     *
     * @param state collecting, sealed, given_up or destroyed
     * @param toldLater whether the customer's history is told of it only after a time
     * @param toldAt when it was told then
     * @param obstacle why it does not go on just now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PackageView(
            UUID id,
            String name,
            String reference,
            String project,
            @Nullable UUID server,
            String reason,
            boolean mayTell,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actions,
            @OneOf(of = EvidencePackage.State.class) String state,
            @Nullable UUID breakGlass,
            @Nullable UUID disclosure,
            Person madeBy,
            Instant madeAt,
            @Nullable Instant sealedAt,
            @Nullable Instant keepUntil,
            @Nullable Instant destroyedAt,
            boolean toldLater,
            @Nullable Instant toldAt,
            @Nullable ObstacleView obstacle) {
        static PackageView of(EvidencePackage one) {
            return new PackageView(
                    one.id(),
                    one.name(),
                    one.reference(),
                    one.project(),
                    one.server(),
                    one.reason(),
                    one.mayTell(),
                    one.span().from(),
                    one.span().to(),
                    one.span().actions(),
                    one.state().wireName(),
                    one.breakGlass(),
                    one.disclosure(),
                    one.made(),
                    one.madeAt(),
                    one.sealedAt(),
                    one.keepUntil(),
                    one.destroyedAt(),
                    one.toldLater(),
                    one.toldAt(),
                    ObstacleView.of(one.obstacle()));
        }
    }

    /**
     * A part of a package.
     *
     * @param kind events, configuration, disk, memory, domain, clock or seal
     * @param state wanted, done or missing
     * @param size bytes so far
     * @param obstacle why it is missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartView(
            String name,
            @OneOf(of = EvidencePackage.PartKind.class) String kind,
            @OneOf(of = EvidencePackage.PartState.class) String state,
            long size,
            @Nullable String sha256,
            @Nullable ObstacleView obstacle) {
        static PartView of(Part part) {
            return new PartView(
                    part.name(),
                    part.kind().wireName(),
                    part.state().wireName(),
                    part.size(),
                    part.sha256(),
                    ObstacleView.of(part.obstacle()));
        }
    }

    /** Newest first, 500 at most. */
    record Listing(List<PackageView> packages) {}

    /** With its parts and everybody who had it in hands, oldest first. */
    record WholeView(PackageView evidence, List<PartView> parts, List<Entry> custody) {}

    /** All packages, newest first. */
    @Allow("evidence:package:list")
    @GetMapping
    Listing list(
            Caller caller,
            @RequestParam(required = false) @Nullable String words,
            @RequestParam(required = false) @Nullable String project) {
        return new Listing(packages
                .list(
                        caller,
                        Texts.optional("words", words, Texts.LONG),
                        Texts.optional("project", project, Texts.SHORT))
                .stream()
                .map(PackageView::of)
                .toList());
    }

    /** One package with its parts and its chain of custody. */
    @Allow("evidence:package:show")
    @GetMapping("/{id}")
    WholeView show(Caller caller, @PathVariable UUID id) {
        Whole whole = packages.show(caller, id);
        return new WholeView(
                PackageView.of(whole.evidence()),
                whole.parts().stream().map(PartView::of).toList(),
                whole.custody());
    }

    /**
     * What is to be secured.
     *
     * @param reference case number, up to 64 characters
     * @param server whose configuration, and with {@code disk} and {@code memory} these too; null: events alone
     * @param from, to when the ledger received the events; null: all
     * @param actions one or several with commas between; null: any
     * @param mayTell whether the customer may know of the package
     * @param disclosure the request in the register that it answers
     */
    record Wish(
            @Needed @Nullable String reference,
            @Needed @Nullable String project,
            @Nullable UUID server,
            @Needed @Nullable String reason,
            @Needed @Nullable Boolean mayTell,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actions,
            @Nullable Boolean disk,
            @Nullable Boolean memory,
            @Nullable UUID disclosure) {}

    /** Begins to secure what is wanted. */
    @Allow("evidence:package:make")
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    PackageView make(Caller caller, @RequestBody Wish body) {
        String project = Texts.project(body.project());
        if (project == null) {
            throw Refusal.invalid("\"project\" is the id of the customer's project.");
        }
        if (body.mayTell() == null) {
            throw Refusal.invalid("Say in \"mayTell\" whether the customer may know of the package: true or false.");
        }
        return PackageView.of(packages.make(
                caller,
                new EvidencePackages.Wanted(
                        Texts.needed("reference", body.reference(), Texts.SHORT),
                        project,
                        body.server(),
                        Texts.needed("reason", body.reason(), Texts.LONG),
                        body.mayTell(),
                        new Span(body.from(), body.to(), Texts.optional("actions", body.actions(), Texts.LINE)),
                        Boolean.TRUE.equals(body.disk()),
                        Boolean.TRUE.equals(body.memory()),
                        body.disclosure())));
    }

    record Reason(@Needed @Nullable String reason) {}

    /** Takes it back before it is sealed. */
    @Allow("evidence:package:make")
    @PostMapping("/{id}/giving-up")
    PackageView giveUp(Caller caller, @PathVariable UUID id, @RequestBody Reason body) {
        return PackageView.of(packages.giveUp(caller, id, Texts.needed("reason", body.reason(), Texts.LONG)));
    }

    /** The whole package, tar. */
    @Shape(type = "application/x-tar")
    @Allow("evidence:package:download")
    @GetMapping("/{id}/file")
    void download(Caller caller, @PathVariable UUID id, HttpServletResponse response) throws IOException {
        Whole whole = packages.takeOut(caller, id);
        archive.requireWhole(whole);
        response.setContentType("application/x-tar");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + PackageArchive.fileName(whole.evidence()) + ".tar\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLengthLong(archive.size(whole));
        archive.write(whole, response.getOutputStream());
    }

    /**
     * What was done with it outside.
     *
     * @param action read, hand-over or note
     * @param to who has it then; for hand-over
     */
    record Handled(
            @Needed @OneOf(of = Handling.class) @Nullable String action,
            @Nullable String to,
            @Needed @Nullable String note) {}

    /** Writes down what was done with it outside. */
    @Allow("evidence:package:handle")
    @PostMapping("/{id}/custody")
    @ResponseStatus(HttpStatus.CREATED)
    PackageView handled(Caller caller, @PathVariable UUID id, @RequestBody Handled body) {
        Handling what = Arrays.stream(Handling.values())
                .filter(one -> one.word().equals(body.action()))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("\"action\" is one of: read, hand-over, note."));
        String to = what == Handling.HANDED_OVER ? Texts.needed("to", body.to(), Texts.LINE) : "";
        return PackageView.of(packages.handled(caller, id, what, to, Texts.needed("note", body.note(), Texts.LONG)));
    }

    /** Removes its files for good, after its time and while nothing of it is held. */
    @Allow("evidence:package:destroy")
    @DeleteMapping("/{id}/file")
    PackageView destroy(Caller caller, @PathVariable UUID id, @RequestParam(required = false) @Nullable String reason) {
        return PackageView.of(packages.destroy(caller, id, Texts.needed("reason", reason, Texts.LONG)));
    }
}
