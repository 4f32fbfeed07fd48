package dev.unkai.identity.factor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of an account's owner, of which we hold the public half.
 *
 * @param id ours
 * @param credentialId the authenticator's, base64url
 * @param signCount the newest signature counter, 0 where the authenticator does not count
 * @param backedUp whether it was in several devices when last used
 * @param transports how browsers reach the authenticator: usb, nfc, ble, internal, hybrid
 */
record Passkey(
        String id,
        String accountId,
        String name,
        String credentialId,
        Attested attested,
        long signCount,
        boolean backupEligible,
        boolean backedUp,
        List<String> transports,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {
    Passkey {
        transports = List.copyOf(transports);
    }

    /** AAGUID, id and COSE public key in the authenticator's own bytes. */
    static final class Attested {
        private final byte[] bytes;

        Attested(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }
}
