package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Body;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"proof": {"password": …, "code": …}}}; in place of the code, {@code passkey} may be a browser's answer. */
public final class ProofBody {
    /** A body that has nothing beside the proof. */
    public record Proved(Proof proof) {}

    /**
     * What is shown before a log-in changes.
     *
     * @param password missing where one signs in at the contract's identity provider
     * @param code of the authenticator app, or a recovery code; where the account has a second factor
     * @param passkey in place of the code, a browser's answer
     */
    @Shape(name = "Proof")
    public record Proof(
            @Nullable String password,
            @Nullable String code,
            @Shape(PasskeyOptions.Answer.class) @Nullable JsonNode passkey) {}

    static final int LONGEST_SECRET = 4_096;
    static final int LONGEST_CODE = 64;

    private ProofBody() {}

    public static FreshProof.Shown read(JsonNode body) {
        Body proof = Body.under(body, "proof").only(Proof.class);
        // Who signed in elsewhere has none: see FreshProof.
        return new FreshProof.Shown(proof.textOrEmpty("password", LONGEST_SECRET), second(proof));
    }

    private static @Nullable Second second(Body proof) {
        Body passkey = proof.optionalObject("passkey").orElse(null);
        if (passkey != null && proof.has("code")) {
            throw Refusal.invalid("Give a code or a passkey's answer, not both.");
        }
        if (passkey != null) {
            return new Second.ByPasskey(PasskeyAnswer.read(passkey));
        }
        return proof.has("code") ? new Second.Code(proof.text("code", LONGEST_CODE)) : null;
    }
}
