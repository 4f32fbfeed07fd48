package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.edge.OwnSession.Waiting;
import dev.unkai.cloud.edge.SessionController.Session;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console as a customer sees it, for one of the provider's people: identity decides, records and gives a token that only looks; here the browser gets it in
 * place of its own, which waits until the view is over.
 */
@RestController
@ServiceApi
@RequestMapping("/service/v1/session/view")
public final class ViewingController {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VIEWINGS = "/identity/service/v1/viewings";
    private static final int DEFAULT_MINUTES = 30;

    private final IdentityLink identity;
    private final TokenGate gate;
    private final TokenVerifier verifier;
    private final OwnSession own;
    private final OpenedSession opened;

    ViewingController(IdentityLink identity, TokenGate gate, TokenVerifier verifier, OwnSession own, Clock clock) {
        this.identity = identity;
        this.gate = gate;
        this.verifier = verifier;
        this.own = own;
        this.opened = new OpenedSession(verifier, clock);
    }

    /**
     * What to look at, and why.
     *
     * @param project its id, or absent
     * @param contract in place of it, the contract's name: the project that it began with
     * @param reason stands in the customer's history
     * @param minutes 5 to 30; absent: 30
     */
    public record Wish(
            @Nullable String project,
            @Nullable String contract,
            @Needed @Nullable String reason,
            @Nullable Integer minutes) {}

    /** Opens a view in place of the browser's own session. */
    @Allow("session:view")
    @PostMapping
    ResponseEntity<Session> open(Caller caller, @RequestBody Wish wish, HttpServletRequest request) {
        String token = String.valueOf(gate.sent(request));
        Waiting waits = own.of(token)
                .orElseThrow(() -> Refusal.forbidden("This session has ended. Log in again, and open the view then."));
        Map<String, Object> viewing = new LinkedHashMap<>();
        if (wish.project() != null) {
            viewing.put("project", wish.project());
        }
        if (wish.contract() != null) {
            viewing.put("contract", wish.contract());
        }
        viewing.put("reason", wish.reason() == null ? "" : wish.reason());
        viewing.put("minutes", wish.minutes() == null ? DEFAULT_MINUTES : wish.minutes());
        HttpResponse<byte[]> answer = identity.send(identity.request(request, VIEWINGS)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("viewing", viewing))))
                .build());
        IdentityAnswer.orRefusal(answer);
        // It may have been about to end, and has to outlast the view.
        return entered(answer, own.kept(own.next(waits, 0, request).orElse(waits)));
    }

    /**
     * Ends the view and goes back to the browser's own session. Also when the view's time is over, so it asks for no token; what it gives is the browser's own, which
     * no other site's page can ask for.
     */
    @Allow(Allow.PUBLIC)
    @DeleteMapping
    @Shape(status = {200, 204})
    ResponseEntity<Session> end(HttpServletRequest request) {
        endView(request);
        Optional<Waiting> waits = own.waiting(request);
        if (waits.isEmpty()) {
            return over();
        }
        HttpResponse<byte[]> answer = own.exchange(waits.get(), 0, request);
        if (answer.statusCode() == 201) {
            return entered(answer, OwnSession.gone());
        }
        if (IdentityAnswer.isPassing(answer)) {
            throw IdentityAnswer.refusal(answer);
        }
        return over();
    }

    /** Where the request's token is that of a view which runs, its end is told to identity, and recorded there. */
    private void endView(HttpServletRequest request) {
        String token = gate.sent(request);
        if (token != null && verifier.verify(token).filter(TokenClaims::isView).isPresent()) {
            HttpResponse<byte[]> answer = identity.send(identity.request(request, VIEWINGS + "/current")
                    .header("X-Auth-Token", token)
                    .DELETE()
                    .build());
            // Identity may know already that it has ended, a moment before it is known here.
            if (answer.statusCode() != HttpStatus.UNAUTHORIZED.value()) {
                IdentityAnswer.orRefusal(answer);
            }
        }
    }

    private ResponseEntity<Session> entered(HttpResponse<byte[]> answer, String ownCookie) {
        ResponseEntity<Session> entered = opened.of(answer)
                .orElseThrow(() -> Refusal.unavailable("The answer was not as expected. Try again in a moment."));
        return ResponseEntity.ok()
                .headers(entered.getHeaders())
                .header(HttpHeaders.SET_COOKIE, ownCookie)
                .body(entered.getBody());
    }

    /** The browser's own session has ended too: there is nothing to go back to. */
    private static ResponseEntity<Session> over() {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, OpenedSession.cookie(TokenGate.COOKIE, "", Duration.ZERO))
                .header(HttpHeaders.SET_COOKIE, OwnSession.gone())
                .build();
    }
}
