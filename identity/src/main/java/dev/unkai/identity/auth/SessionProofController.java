package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.Login.Outcome;
import dev.unkai.identity.factor.PasskeyAnswer;
import dev.unkai.identity.factor.PasskeyOptions;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What cloud shows as {@code POST /service/v1/session/proof}. */
@RestController
@RequestMapping("/identity/service/v1/session/proof")
public final class SessionProofController {
    private static final int LONGEST_SECRET = 4_096;
    private static final int LONGEST_CODE = 64;

    private final SessionProof proofs;
    private final TokenGate gate;

    SessionProofController(SessionProof proofs, TokenGate gate) {
        this.proofs = proofs;
        this.gate = gate;
    }

    /** Options for showing a passkey to {@link #prove}; nothing is shown for them, since nothing comes of them without the key. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/challenge")
    PasskeyOptions.Challenge challenge(Caller caller) {
        return new PasskeyOptions.Challenge(proofs.passkeyRequest(caller));
    }

    /** {@code {"proof": {…}}} with one of {@code password}, {@code code} and {@code passkey} (a browser's answer); the fresh token is in the header X-Subject-Token. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping
    ResponseEntity<Void> prove(Caller caller, @RequestBody JsonNode body, HttpServletRequest request) {
        Body proof = Body.under(body, "proof").only("password", "code", "passkey");
        if (Stream.of("password", "code", "passkey").filter(proof::has).count() != 1) {
            throw Refusal.invalid("Give one of these: the password, a code of the second factor, a passkey's answer.");
        }
        String token = String.valueOf(gate.sent(request));
        Requester from = Requester.of(request);
        Outcome outcome;
        if (proof.has("passkey")) {
            outcome = proofs.byPasskey(caller, token, PasskeyAnswer.read(proof.object("passkey")), from);
        } else if (proof.has("code")) {
            outcome = proofs.byCode(caller, token, proof.text("code", LONGEST_CODE), from);
        } else {
            outcome = proofs.byPassword(caller, token, proof.text("password", LONGEST_SECRET), from);
        }
        return switch (outcome) {
            case Outcome.Granted(var issued) ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .header("X-Subject-Token", issued.token())
                        .header("Cache-Control", "no-store")
                        .build();
            case Outcome.Incomplete incomplete -> throw incomplete.refusal();
            case Outcome.Expired expired -> throw expired.refusal();
            case Outcome.Refused(Refusal refusal) -> {
                RefusalRecorder.isRecordedElsewhere(request);
                throw refusal;
            }
        };
    }
}
