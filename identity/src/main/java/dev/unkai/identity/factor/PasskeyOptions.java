package dev.unkai.identity.factor;

import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a browser is given for passkeys and what it answers, in the JSON forms of Web Authentication (5.1.8 to 5.1.10); bytes are base64url. */
public final class PasskeyOptions {
    private PasskeyOptions() {}

    /** Options for {@code navigator.credentials.get}. */
    @Shape(name = "PasskeyChallenge")
    public record Challenge(@Shape(Request.class) Map<String, Object> publicKey) {}

    /** Options for {@code navigator.credentials.create}. */
    @Shape(name = "PasskeyBegun")
    record Begun(@Shape(Creation.class) Map<String, Object> publicKey) {}

    @Shape(name = "PasskeyRequest")
    record Request(
            String challenge,
            long timeout,
            String rpId,
            List<Descriptor> allowCredentials,
            @OneOf("required") String userVerification) {}

    @Shape(name = "PasskeyCreation")
    record Creation(
            Site rp,
            User user,
            String challenge,
            List<Algorithm> pubKeyCredParams,
            long timeout,
            List<Descriptor> excludeCredentials,
            Selection authenticatorSelection,
            @OneOf("none") String attestation) {}

    @Shape(name = "PasskeySite")
    record Site(String id, String name) {}

    @Shape(name = "PasskeyUser")
    record User(String id, String name, String displayName) {}

    /** @param alg of COSE */
    @Shape(name = "PasskeyAlgorithm")
    record Algorithm(@OneOf("public-key") String type, long alg) {}

    @Shape(name = "PasskeyDescriptor")
    record Descriptor(@OneOf("public-key") String type, String id, List<String> transports) {}

    @Shape(name = "PasskeySelection")
    record Selection(
            @OneOf("preferred") String residentKey,
            @OneOf("required") String userVerification) {}

    /** What the browser answers to a challenge. */
    @Shape(name = "PasskeyAnswer")
    public record Answer(
            String id,
            @Nullable String rawId,
            @Nullable String type,
            Assertion response,
            @Nullable Map<String, Object> clientExtensionResults,
            @Nullable String authenticatorAttachment) {}

    @Shape(name = "PasskeyAssertion")
    record Assertion(
            String clientDataJSON,
            String authenticatorData,
            String signature,
            @Nullable String userHandle) {}

    /** What it makes. */
    @Shape(name = "PasskeyMade")
    public record Made(
            String id,
            @Nullable String rawId,
            @Nullable String type,
            Attestation response,
            @Nullable Map<String, Object> clientExtensionResults,
            @Nullable String authenticatorAttachment) {}

    @Shape(name = "PasskeyAttestation")
    record Attestation(
            String clientDataJSON,
            String attestationObject,
            @Nullable List<String> transports,
            @Nullable String authenticatorData,
            @Nullable String publicKey,
            @Nullable Long publicKeyAlgorithm) {}
}
