package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.identity.token.TokenView;
import dev.unkai.identity.token.TokenViews;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Log-in, log-out, and what a token says ({@code /v3/auth/tokens}). */
@RestController
@RequestMapping("/identity/v3/auth/tokens")
public final class TokenController {
    private static final String SUBJECT = "X-Subject-Token";

    private final Login login;
    private final Transactions transactions;
    private final TokenViews views;
    private final TokenVerifier verifier;
    private final RevocationLog revocations;
    private final RefusalRecorder recorder;
    private final ApiErrors errors;
    private final Clock clock;

    public TokenController(
            Login login,
            Transactions transactions,
            TokenViews views,
            TokenVerifier verifier,
            RevocationLog revocations,
            RefusalRecorder recorder,
            ApiErrors errors,
            Clock clock) {
        this.login = login;
        this.transactions = transactions;
        this.views = views;
        this.verifier = verifier;
        this.revocations = revocations;
        this.recorder = recorder;
        this.errors = errors;
        this.clock = clock;
    }

    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<?> issue(
            @RequestBody JsonNode body,
            @RequestParam(required = false) @Nullable String nocatalog,
            HttpServletRequest request) {
        return switch (login.answer(LoginRequest.of(body), Requester.of(request))) {
            case Outcome.Granted(var issued) ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .header(SUBJECT, issued.token())
                        .header("Vary", "X-Auth-Token")
                        .header("Cache-Control", "no-store")
                        .body(view(issued.claims(), nocatalog == null));
            case Outcome.Incomplete(var ways, var passkey, Refusal refusal) ->
                errors.answer(
                        refusal,
                        passkey.isEmpty()
                                ? Map.of("required_auth_methods", ways)
                                : Map.of("required_auth_methods", ways, "passkey", passkey));
            case Outcome.Refused(Refusal refusal) -> {
                recorder.isRecordedElsewhere(request);
                throw refusal;
            }
        };
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    ResponseEntity<Map<String, TokenView>> show(
            Caller caller,
            @RequestHeader(value = SUBJECT, required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String nocatalog) {
        String token = asked(subject);
        TokenClaims claims = subject(caller, token);
        return ResponseEntity.ok()
                .header(SUBJECT, token)
                .header("Vary", "X-Auth-Token")
                .header("Cache-Control", "no-store")
                .body(view(claims, nocatalog == null));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping
    ResponseEntity<Void> revoke(
            Caller caller, @RequestHeader(value = SUBJECT, required = false) @Nullable String subject) {
        TokenClaims claims = subject(caller, asked(subject));
        transactions.doAsCaller(caller, db -> {
            db.record(CadfEvent.by(
                    caller,
                    "revoke",
                    new CadfEvent.Target(
                            claims.userId(), "service/security/account/user", claims.userName(), claims.projectId()),
                    clock.instant()));
            revocations.revoke(db, Subject.TOKEN, claims.auditId());
        });
        return ResponseEntity.noContent().build();
    }

    private static String asked(@Nullable String subject) {
        if (subject == null) {
            throw Refusal.invalid("Send the token that you ask about in the header X-Subject-Token.");
        }
        return subject;
    }

    /** One's own tokens, or anybody's for an operator; for others a token that is not theirs is not there. */
    private TokenClaims subject(Caller caller, String token) {
        return verifier.verify(token)
                .filter(claims -> caller.isAdmin() || claims.userId().equals(caller.user()))
                .orElseThrow(() -> Refusal.notFound("Could not find token: it is not valid any more, or not yours."));
    }

    private Map<String, TokenView> view(TokenClaims claims, boolean withCatalog) {
        return Map.of("token", transactions.asCaller(Nobody.YET, db -> views.view(db, claims, withCatalog)));
    }
}
