package dev.unkai.identity.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.oauth.SignedRequest;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.identity.token.TokenView;
import dev.unkai.identity.token.TokenView.NamedView;
import dev.unkai.identity.token.TokenViews;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final IdentitySettings settings;
    private final AccountStore accounts;
    private final Transactions transactions;
    private final TokenViews views;
    private final TokenVerifier verifier;
    private final RevocationLog revocations;
    private final ApiErrors errors;
    private final Clock clock;

    public TokenController(
            Login login,
            IdentitySettings settings,
            AccountStore accounts,
            Transactions transactions,
            TokenViews views,
            TokenVerifier verifier,
            RevocationLog revocations,
            ApiErrors errors,
            Clock clock) {
        this.login = login;
        this.settings = settings;
        this.accounts = accounts;
        this.transactions = transactions;
        this.views = views;
        this.verifier = verifier;
        this.revocations = revocations;
        this.errors = errors;
        this.clock = clock;
    }

    @Allow(Allow.PUBLIC)
    @PostMapping
    ResponseEntity<?> issue(
            @RequestBody JsonNode body,
            @RequestParam(required = false) @Nullable String nocatalog,
            @RequestHeader(value = Receipt.HEADER, required = false) @Nullable String receipt,
            HttpServletRequest request) {
        return switch (login.answer(
                LoginRequest.of(body, receipt, () -> SignedRequest.of(request, settings)), Requester.of(request))) {
            case Outcome.Granted(var issued) ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .header(SUBJECT, issued.token())
                        .header("Cache-Control", "no-store")
                        .body(view(issued.claims(), nocatalog == null));
            case Outcome.Incomplete incomplete -> incomplete(incomplete);
            case Outcome.Expired(String link, Refusal refusal) -> errors.answer(refusal, Map.of("password_link", link));
            case Outcome.Refused(Refusal refusal) -> {
                RefusalRecorder.isRecordedElsewhere(request);
                throw refusal;
            }
        };
    }

    /** The reference's body, with the error beside it that clients without receipts show. */
    private ResponseEntity<?> incomplete(Outcome.Incomplete incomplete) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("required_auth_methods", incomplete.ways());
        if (!incomplete.passkey().isEmpty()) {
            more.put("passkey", incomplete.passkey());
        }
        Receipt receipt = incomplete.receipt();
        if (receipt == null) {
            return errors.answer(incomplete.refusal(), more);
        }
        more.put(
                "receipt",
                transactions.asCaller(
                        Nobody.YET,
                        db -> ReceiptView.of(
                                receipt, accounts.byId(db, receipt.accountId()).orElseThrow())));
        ResponseEntity<Map<String, Object>> answer = errors.answer(incomplete.refusal(), more);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(Receipt.HEADER, receipt.text())
                .header("Cache-Control", "no-store")
                .body(answer.getBody());
    }

    /** A receipt as the Identity v3 API shows it. */
    record ReceiptView(
            List<String> methods,
            Owner user,
            @JsonProperty("expires_at") String expiresAt,
            @JsonProperty("issued_at") String issuedAt) {
        record Owner(String id, String name, NamedView domain) {}

        static ReceiptView of(Receipt receipt, Account account) {
            return new ReceiptView(
                    receipt.methods(),
                    new Owner(account.id(), account.name(), new NamedView(account.domainId(), account.domainName())),
                    Times.ofToken(receipt.expiresAt()),
                    Times.ofToken(receipt.issuedAt()));
        }
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    ResponseEntity<Map<String, TokenView>> show(
            Caller caller,
            @RequestHeader(value = SUBJECT, required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String nocatalog) {
        String token = asked(subject);
        TokenClaims claims = subject(caller, token);
        if (claims.isView()) {
            // A service beside ours that asks would not know that it only looks.
            throw gone();
        }
        return ResponseEntity.ok()
                .header(SUBJECT, token)
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
            throw Refusal.notFound(
                    "No token in the request: send the one that you ask about in the header X-Subject-Token.");
        }
        return subject;
    }

    /** One's own tokens, or anybody's for an operator; for others a token that is not theirs is not there. */
    private TokenClaims subject(Caller caller, String token) {
        return verifier.verify(token)
                .filter(claims -> caller.isAdmin() || claims.userId().equals(caller.user()))
                .orElseThrow(TokenController::gone);
    }

    private static Refusal gone() {
        return Refusal.notFound("Could not find token: it is not valid any more, or not yours.");
    }

    private Map<String, TokenView> view(TokenClaims claims, boolean withCatalog) {
        return Map.of("token", transactions.asCaller(Nobody.YET, db -> views.view(db, claims, withCatalog)));
    }
}
