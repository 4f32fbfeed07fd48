package dev.unkai.cloud.evidence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.evidence.Hold;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Hold.Thing;
import dev.unkai.cloud.evidence.Holds;
import dev.unkai.cloud.evidence.LogClass;
import dev.unkai.cloud.evidence.ThingKind;
import dev.unkai.cloud.evidence.store.HoldStore.Search;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Evidence holds: made, confirmed, ended, and the register of them. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/evidence/holds")
class HoldController {
    private static final int MOST_THINGS = 200;

    private final Holds holds;

    HoldController(Holds holds) {
        this.holds = holds;
    }

    /**
     * A hold.
     *
     * @param everything whether all that the project has is held, in place of {@code things}
     * @param mayTell whether the customer may know of it
     * @param endsAt null: until it is ended
     * @param state provisional, in_force, ending, ended, over or lapsed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldView(
            UUID id,
            String reference,
            @Nullable String project,
            boolean everything,
            List<Thing> things,
            String reason,
            String authority,
            boolean mayTell,
            @Nullable Instant endsAt,
            @OneOf(of = Hold.State.class) String state,
            Person madeBy,
            Instant madeAt,
            @Nullable Person confirmedBy,
            @Nullable Instant confirmedAt,
            @Nullable Person endAskedBy,
            @Nullable Instant endAskedAt,
            @Nullable String endReason,
            @Nullable Person endedBy,
            @Nullable Instant endedAt) {
        static HoldView of(Hold one) {
            return new HoldView(
                    one.id(),
                    one.reference(),
                    one.project(),
                    one.everything(),
                    one.things(),
                    one.reason(),
                    one.authority(),
                    one.mayTell(),
                    one.endsAt(),
                    one.state().name().toLowerCase(Locale.ROOT),
                    one.made(),
                    one.madeAt(),
                    one.confirmed(),
                    one.confirmedAt(),
                    one.endAsked(),
                    one.endAskedAt(),
                    one.endReason(),
                    one.ended(),
                    one.endedAt());
        }
    }

    /** Newest first, 500 at most. */
    record Listing(List<HoldView> holds) {}

    /**
     * The register.
     *
     * @param words in case number, reason, authority, project or things
     * @param thing only those that hold the thing of this id, which is {@code project}'s
     */
    @Allow("evidence:hold:list")
    @GetMapping
    Listing list(
            Caller caller,
            @RequestParam(required = false) @Nullable String words,
            @RequestParam(required = false) @Nullable String thing,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(defaultValue = "false") boolean inForce) {
        Search search = new Search(
                Texts.optional("words", words, Texts.LONG),
                Texts.optional("thing", thing, Texts.SHORT),
                Texts.optional("project", project, Texts.SHORT),
                inForce);
        return new Listing(holds.list(caller, search).stream().map(HoldView::of).toList());
    }

    /** One hold. */
    @Allow("evidence:hold:show")
    @GetMapping("/{id}")
    HoldView show(Caller caller, @PathVariable UUID id) {
        return HoldView.of(holds.show(caller, id));
    }

    /**
     * What is to be held.
     *
     * @param reference case number, up to 64 characters
     * @param project whose things; not needed for logs of all and for backups
     * @param mayTell whether the customer may know of it
     * @param endsAt RFC 3339; null: until it is ended
     */
    record Wish(
            @Needed @Nullable String reference,
            @Nullable String project,
            @Nullable Boolean everything,
            @Nullable List<WantedThing> things,
            @Needed @Nullable String reason,
            @Needed @Nullable String authority,
            @Needed @Nullable Boolean mayTell,
            @Nullable Instant endsAt) {}

    /**
     * A thing to be held.
     *
     * @param id not needed for backups, which are held all
     */
    record WantedThing(
            @Needed @Nullable ThingKind kind,
            @Nullable String id,
            @Nullable String name) {}

    /** Holds things provisionally, at once. Without a second person it lapses after three days. */
    @Allow("evidence:hold:make")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    HoldView make(Caller caller, @RequestBody Wish body) {
        boolean everything = Boolean.TRUE.equals(body.everything());
        String project = Texts.project(body.project());
        List<Thing> things = things(body.things() == null ? List.of() : body.things());
        if (everything && project == null) {
            throw Refusal.invalid("\"everything\" needs the \"project\" whose things are to be held.");
        }
        if (!everything && things.isEmpty()) {
            throw Refusal.invalid("Name what is to be held in \"things\", or hold \"everything\" of a project.");
        }
        if (body.mayTell() == null) {
            throw Refusal.invalid("Say in \"mayTell\" whether the customer may know of the hold: true or false.");
        }
        return HoldView.of(holds.make(
                caller,
                new Holds.Wanted(
                        Texts.needed("reference", body.reference(), Texts.SHORT),
                        project,
                        everything,
                        things,
                        Texts.needed("reason", body.reason(), Texts.LONG),
                        Texts.needed("authority", body.authority(), Texts.LINE),
                        body.mayTell(),
                        body.endsAt())));
    }

    private static List<Thing> things(List<@Nullable WantedThing> wanted) {
        if (wanted.size() > MOST_THINGS) {
            throw Refusal.invalid(
                    "\"things\" has at most " + MOST_THINGS + " entries. Hold \"everything\" of the project instead.");
        }
        List<Thing> things = new ArrayList<>();
        for (WantedThing thing : wanted) {
            if (thing == null || thing.kind() == null) {
                throw Refusal.invalid("Each of \"things\" has a \"kind\" and an \"id\".");
            }
            String id = switch (thing.kind()) {
                case BACKUPS -> "all";
                case LOG ->
                    LogClass.of(Texts.needed("id", thing.id(), Texts.SHORT)).wireName();
                case SERVER, IMAGE, NETWORK, SUBNET, PORT, ROUTER, FLOATING_IP, SECURITY_GROUP ->
                    Texts.needed("id", thing.id(), Texts.SHORT);
            };
            things.add(new Thing(thing.kind(), id, null));
        }
        return things;
    }

    /** Puts it in force. Not by who has made it. */
    @Allow("evidence:hold:confirm")
    @PutMapping("/{id}/confirmation")
    HoldView confirm(Caller caller, @PathVariable UUID id) {
        return HoldView.of(holds.confirm(caller, id));
    }

    record EndBody(@Needed @Nullable String reason) {}

    /** Asks for the end, or agrees to it as the second person. */
    @Allow("evidence:hold:end")
    @PutMapping("/{id}/end")
    HoldView end(Caller caller, @PathVariable UUID id, @RequestBody EndBody body) {
        return HoldView.of(holds.end(caller, id, Texts.needed("reason", body.reason(), Texts.LONG)));
    }

    /** Takes the wish to end it back, or refuses it. */
    @Allow("evidence:hold:end")
    @DeleteMapping("/{id}/end")
    HoldView keep(Caller caller, @PathVariable UUID id) {
        return HoldView.of(holds.keep(caller, id));
    }

    /** From now on the customer may know of it. */
    @Allow("evidence:hold:open")
    @PutMapping("/{id}/openness")
    HoldView open(Caller caller, @PathVariable UUID id) {
        return HoldView.of(holds.open(caller, id));
    }
}
