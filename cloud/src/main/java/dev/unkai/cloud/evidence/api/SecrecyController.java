package dev.unkai.cloud.evidence.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.cloud.evidence.DisclosureSecrecy;
import dev.unkai.cloud.evidence.api.DisclosureController.DisclosureView;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** That a customer is not told of a request before a day: asked for, agreed to, ended. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/evidence/disclosures/{id}/secrecy")
class SecrecyController {
    private final DisclosureSecrecy secrecy;

    SecrecyController(DisclosureSecrecy secrecy) {
        this.secrecy = secrecy;
    }

    /**
     * A period.
     *
     * @param until within the next 180 days
     * @param ground the order or the law that forbids to tell
     */
    record Wish(
            @Needed @Nullable Instant until,
            @Needed @Nullable String ground) {}

    /** Asks that the customer is not told before a day. A second person agrees. */
    @Allow("evidence:disclosure:decide")
    @PutMapping
    DisclosureView ask(Caller caller, @PathVariable UUID id, @RequestBody Wish body) {
        if (body.until() == null) {
            throw Refusal.invalid("\"until\" is the time before which the customer is not told.");
        }
        return DisclosureView.of(
                secrecy.ask(caller, id, body.until(), Texts.needed("ground", body.ground(), Texts.LINE)));
    }

    /** The second person's. */
    @Allow("evidence:disclosure:decide")
    @PutMapping("/agreement")
    DisclosureView agree(Caller caller, @PathVariable UUID id) {
        return DisclosureView.of(secrecy.agree(caller, id));
    }

    /** Ends it before its day; what is owed to the customer's history comes into it within seconds. */
    @Allow("evidence:disclosure:decide")
    @DeleteMapping
    DisclosureView end(Caller caller, @PathVariable UUID id, @RequestParam(required = false) @Nullable String reason) {
        return DisclosureView.of(secrecy.end(caller, id, Texts.needed("reason", reason, Texts.LONG)));
    }
}
