package dev.unkai.identity.viewing;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.wire.token.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What cloud shows as {@code /service/v1/session/view}. */
@RestController
@RequestMapping("/identity/service/v1/viewings")
final class ViewingController {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_REASON = 500;

    private final Viewings viewings;

    ViewingController(Viewings viewings) {
        this.viewings = viewings;
    }

    /**
     * {@code {"viewing": {"project": ID, "reason": "…", "minutes": 30}}}, or {@code contract} with a name in place of the project; the token is in the header
     * X-Subject-Token.
     */
    @Allow(Viewings.OPEN)
    @PostMapping
    ResponseEntity<Void> open(Caller caller, @RequestBody JsonNode body) {
        Body asked = Body.under(body, "viewing").only("project", "contract", "reason", "minutes");
        String project = asked.optionalText("project", LONGEST_ID);
        String contract = asked.optionalText("contract", LONGEST_NAME);
        if ((project == null) == (contract == null)) {
            throw Refusal.invalid("Give one of these: the project's id, or the contract's name.");
        }
        int minutes = asked.requiredNumber("minutes", Viewings.SHORTEST_MINUTES);
        if (minutes > Viewings.LONGEST_MINUTES) {
            throw Refusal.invalid("A view lasts " + Viewings.SHORTEST_MINUTES + " to " + Viewings.LONGEST_MINUTES
                    + " minutes. Open another one if it takes longer.");
        }
        Issued issued = viewings.open(
                caller,
                new Viewings.Wish(
                        project, contract, asked.text("reason", LONGEST_REASON).strip(), minutes));
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("X-Subject-Token", issued.token())
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Ends the view whose token it is asked with. */
    @Allow("identity:viewing:end")
    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller) {
        viewings.end(caller);
    }
}
