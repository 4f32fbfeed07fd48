package dev.unkai.cloud.plan.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.plan.PlanPublishing;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plans. What they promise is no secret: who thinks about a contract reads it without being logged in. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/plans")
class PlanController {
    /** Has no project, and sees no customer's rows. */
    private static final Scoped ANYBODY = Reach.Nothing::new;

    private final Transactions transactions;
    private final Plans plans;
    private final PlanPublishing publishing;

    PlanController(Transactions transactions, Plans plans, PlanPublishing publishing) {
        this.transactions = transactions;
        this.plans = plans;
        this.publishing = publishing;
    }

    record Listing(List<PlanView> plans) {}

    record Versions(List<PlanView> versions) {}

    record Offer(@Needed @Nullable Boolean offered) {}

    /** The newest version of each plan, by id. */
    @Allow(Allow.PUBLIC)
    @GetMapping
    Listing list() {
        return new Listing(transactions.asCaller(ANYBODY, plans::newest).stream()
                .map(PlanView::of)
                .toList());
    }

    /** All versions of a plan, the newest first. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/{id}")
    Versions versions(@PathVariable String id) {
        List<Plans.Published> found = transactions.asCaller(ANYBODY, db -> plans.versions(db, id));
        if (found.isEmpty()) {
            throw PlanPublishing.unknown(id);
        }
        return new Versions(found.stream().map(PlanView::of).toList());
    }

    /** One version of a plan. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/{id}/{version}")
    PlanView show(@PathVariable String id, @PathVariable int version) {
        return transactions
                .asCaller(ANYBODY, db -> plans.find(db, id, version))
                .map(PlanView::of)
                .orElseThrow(() -> Refusal.notFound("There is no version " + version + " of a plan \"" + id
                        + "\". The list of plans shows which there are."));
    }

    /** Publishes a version: its document as YAML or JSON. 201 when it is new, 200 when it was published with the same content before. */
    @Shape(status = {200, 201})
    @Allow("plan:publish")
    @PostMapping
    ResponseEntity<PlanView> publish(
            Caller caller,
            @Shape(
                            value = String.class,
                            type = {"application/yaml", "application/json"})
                    HttpServletRequest request)
            throws IOException {
        PlanPublishing.Outcome outcome = publishing.publish(caller, text(request));
        return ResponseEntity.status(outcome.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(PlanView.of(outcome.published()));
    }

    /** {@code {"offered": false}}: no new contracts on the plan; those that are stay. */
    @Allow("plan:offer")
    @PutMapping("/{id}/offer")
    PlanView offer(Caller caller, @PathVariable String id, @RequestBody Offer offer) {
        if (offer.offered() == null) {
            throw Refusal.invalid("Say whether the plan is offered: \"offered\" is true or false.");
        }
        return PlanView.of(publishing.offer(caller, id, offer.offered()));
    }

    private static String text(HttpServletRequest request) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.getInputStream().readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("The plan's document is not valid UTF-8 text.");
        }
    }
}
