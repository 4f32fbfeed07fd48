package dev.unkai.identity.factor;

import dev.unkai.identity.api.Body;
import org.jspecify.annotations.Nullable;

/**
 * What a browser answers to a challenge, as {@code PublicKeyCredential.toJSON()} writes it (Web Authentication, 5.1.8); all
 * values base64url.
 *
 * @param credentialId which passkey signed
 * @param userHandle whose the authenticator says it is, or null
 */
public record PasskeyAnswer(
        String credentialId,
        String clientData,
        String authenticatorData,
        String signature,
        @Nullable String userHandle) {
    private static final int LONGEST_ID = 1_400;
    private static final int LONGEST_DATA = 8_192;
    private static final int LONGEST_HANDLE = 128;

    public static PasskeyAnswer read(Body credential) {
        credential.only(PasskeyOptions.Answer.class); // browsers send more along than is read
        Body response = credential.object("response").only(PasskeyOptions.Assertion.class);
        return new PasskeyAnswer(
                credential.text("id", LONGEST_ID),
                response.text("clientDataJSON", LONGEST_DATA),
                response.text("authenticatorData", LONGEST_DATA),
                response.text("signature", LONGEST_DATA),
                response.optionalText("userHandle", LONGEST_HANDLE));
    }

    @Override
    public String toString() {
        return "answer of a passkey";
    }

    /**
     * A new passkey, as the same method writes it for {@code navigator.credentials.create}.
     *
     * @param attestation the attestation object with the public key
     */
    record Made(String clientData, String attestation, java.util.List<String> transports) {
        private static final int LONGEST_ATTESTATION = 32_768;
        private static final int LONGEST_TRANSPORT = 32;
        private static final int MOST_TRANSPORTS = 8;

        static Made read(Body credential) {
            credential.only(PasskeyOptions.Made.class);
            Body response = credential.object("response").only(PasskeyOptions.Attestation.class);
            return new Made(
                    response.text("clientDataJSON", LONGEST_DATA),
                    response.text("attestationObject", LONGEST_ATTESTATION),
                    response.texts("transports", MOST_TRANSPORTS, LONGEST_TRANSPORT));
        }
    }
}
