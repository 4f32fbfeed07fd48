package dev.unkai.identity.factor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Body;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own passkeys; the cloud's edge shows this as {@code /service/v1/account/passkeys}. */
@RestController
@RequestMapping("/identity/service/v1/account/passkeys")
public final class PasskeyController {
    private static final int LONGEST_NAME = 64;

    private final Passkeys passkeys;

    PasskeyController(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    /** @param backedUp whether it is kept in several devices, by a password manager or a platform's account */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PasskeyView(
            String id,
            String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            boolean backedUp) {
        static PasskeyView of(Passkey passkey) {
            return new PasskeyView(
                    passkey.id(), passkey.name(), passkey.createdAt(), passkey.lastUsedAt(), passkey.backedUp());
        }
    }

    @Shape(name = "PasskeyRegistered")
    record RegisteredView(PasskeyView passkey, List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "passkey with recovery codes";
        }
    }

    record NewPasskey(Registration passkey) {}

    /** @param credential what the browser made */
    record Registration(
            String name, @Shape(PasskeyOptions.Made.class) JsonNode credential) {}

    record ChallengeSent(Password proof) {}

    record Password(@Nullable String password) {}

    record Rename(Name passkey) {}

    record Name(String name) {}

    /** Begins: options for {@code navigator.credentials.create}. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping
    PasskeyOptions.Begun begin(Caller caller, @Shape(ProofBody.Proved.class) @RequestBody JsonNode body) {
        return new PasskeyOptions.Begun(passkeys.begin(caller, ProofBody.read(body)));
    }

    /** Takes the passkey into use that the browser made. */
    @Allow(Allow.ANY_TOKEN)
    @PutMapping
    RegisteredView register(Caller caller, @Shape(NewPasskey.class) @RequestBody JsonNode body) {
        Body passkey = Body.under(body, "passkey").only(Registration.class);
        String name = passkey.text("name", LONGEST_NAME).strip();
        Passkeys.Registered made =
                passkeys.register(caller, name, PasskeyAnswer.Made.read(passkey.object("credential")));
        return new RegisteredView(PasskeyView.of(made.passkey()), made.recoveryCodes());
    }

    /** Options for {@code navigator.credentials.get}, for a proof with a passkey in it. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/challenge")
    PasskeyOptions.Challenge request(Caller caller, @Shape(ChallengeSent.class) @RequestBody JsonNode body) {
        Body proof = Body.under(body, "proof").only(Password.class);
        return new PasskeyOptions.Challenge(
                passkeys.request(caller, proof.textOrEmpty("password", ProofBody.LONGEST_SECRET)));
    }

    /** Renames a passkey. */
    @Allow(Allow.ANY_TOKEN)
    @PutMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rename(Caller caller, @PathVariable String id, @Shape(Rename.class) @RequestBody JsonNode body) {
        Body passkey = Body.under(body, "passkey").only(Name.class);
        passkeys.rename(caller, id, passkey.text("name", LONGEST_NAME).strip());
    }

    /** Removes a passkey. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/{id}/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String id, @Shape(ProofBody.Proved.class) @RequestBody JsonNode body) {
        passkeys.remove(caller, id, ProofBody.read(body));
    }
}
