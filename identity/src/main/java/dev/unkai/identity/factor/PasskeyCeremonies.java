package dev.unkai.identity.factor;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The two ceremonies of Web Authentication (7.1 and 7.2) at our side, by WebAuthn4J: what an authenticator signed is looked at
 * here and nowhere else. The user must have been verified (PIN, finger, face). Where a key comes from is not asked:
 * attestation would shut keys out and help nobody here.
 */
final class PasskeyCeremonies {
    /** ES256, which all have, and RS256 for older Windows. */
    static final List<Long> ALGORITHMS = List.of(-7L, -257L);

    private static final List<PublicKeyCredentialParameters> PARAMETERS = ALGORITHMS.stream()
            .map(algorithm -> new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm)))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter attested = new AttestedCredentialDataConverter(converter);
    private final RelyingParty site;

    PasskeyCeremonies(RelyingParty site) {
        this.site = site;
    }

    /** An answer that is not taken, with the reason for the record. */
    static final class Refused extends Exception {
        Refused(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** What a good registration gives. */
    record NewKey(
            String credentialId, Passkey.Attested attested, long signCount, boolean backupEligible, boolean backedUp) {}

    /** What a good answer of a known key gives. */
    record Use(long signCount, boolean backedUp) {}

    /** The challenge that the answer says it is for. */
    byte[] challenge(String clientData) throws Refused {
        var read = read(() -> converter
                .getJsonMapper()
                .readTree(bytes(clientData))
                .path("challenge")
                .stringValue(""));
        return bytes(read);
    }

    NewKey registration(PasskeyAnswer.Made made, byte[] challenge) throws Refused {
        RegistrationData data = read(() -> {
            RegistrationData parsed =
                    manager.parse(new RegistrationRequest(bytes(made.attestation()), bytes(made.clientData())));
            return manager.verify(parsed, new RegistrationParameters(server(challenge), PARAMETERS, true, true));
        });
        if (data.getAttestationObject() == null) {
            throw new Refused("not understood");
        }
        var authenticator = data.getAttestationObject().getAuthenticatorData();
        AttestedCredentialData key = authenticator.getAttestedCredentialData();
        if (key == null) {
            throw new Refused("no key in it");
        }
        return new NewKey(
                text(key.getCredentialId()),
                new Passkey.Attested(attested.convert(key)),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS());
    }

    /** @param accountId whose the key must be, which the authenticator may say as well */
    Use answer(PasskeyAnswer answer, Passkey key, String accountId, byte[] challenge) throws Refused {
        byte[] userHandle = answer.userHandle() == null ? new byte[0] : bytes(answer.userHandle());
        if (userHandle.length > 0 && !text(userHandle).equals(handle(accountId))) {
            throw new Refused("the key says that it is somebody else's");
        }
        byte[] id = bytes(answer.credentialId());
        AuthenticationRequest request = new AuthenticationRequest(
                id, bytes(answer.authenticatorData()), bytes(answer.clientData()), bytes(answer.signature()));
        AuthenticationData data = read(() -> manager.verify(
                manager.parse(request),
                new AuthenticationParameters(server(challenge), record(key), List.of(id), true, true)));
        if (data.getAuthenticatorData() == null) {
            throw new Refused("not understood");
        }
        return new Use(
                data.getAuthenticatorData().getSignCount(),
                data.getAuthenticatorData().isFlagBS());
    }

    /** What we call an account to authenticators: nothing that says who it is (14.6.1). */
    static String handle(String accountId) {
        return text(accountId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] bytes(String text) throws Refused {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Refused("not understood");
        }
    }

    private CredentialRecordImpl record(Passkey key) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                key.backupEligible(),
                key.backedUp(),
                key.signCount(),
                attested.convert(key.attested().bytes()),
                null,
                null,
                null,
                Set.of());
    }

    private ServerProperty server(byte[] challenge) {
        return new ServerProperty(new Origin(site.origin()), site.id(), new DefaultChallenge(challenge));
    }

    private interface Reading<T> {
        T get() throws Refused;
    }

    /** Whatever a stranger sends, the end is an answer or a reason. */
    private static <T> T read(Reading<T> reading) throws Refused {
        try {
            return reading.get();
        } catch (WebAuthnException e) {
            throw new Refused(reason(e));
        } catch (RuntimeException e) {
            // Bytes that no authenticator makes can fail anywhere in reading them.
            throw new Refused("not understood");
        }
    }

    private static String reason(WebAuthnException failure) {
        return switch (failure) {
            case MaliciousCounterValueException _ ->
                "the signature counter did not go on: there may be a copy of the key";
            case BadOriginException _ -> "made for another origin";
            case BadRpIdException _ -> "made for another site";
            case BadChallengeException _ -> "made for another challenge";
            case BadSignatureException _ -> "the signature is wrong";
            case UserNotVerifiedException _ -> "the user was not verified";
            case UserNotPresentException _ -> "the user was not present";
            default -> "not understood: " + failure.getClass().getSimpleName();
        };
    }
}
