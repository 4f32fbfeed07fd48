package dev.unkai.cloud.forward;

import dev.unkai.base.seal.KeySeal;
import dev.unkai.cloud.forward.send.Sending.Line;
import dev.unkai.cloud.forward.store.DeliveryStore.Sealed;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The keys and secrets of destinations, each sealed for its own row. */
@Component
public class ForwardingSecrets {
    private final KeySeal seal;

    ForwardingSecrets(KeySeal seal) {
        this.seal = seal;
    }

    public byte[] seal(UUID destination, String secret) {
        return seal.seal(secret, place(destination));
    }

    /** Throws GeneralSecurityException when it was sealed with another key, or for another destination. */
    private String open(UUID destination, byte[] sealed) throws GeneralSecurityException {
        return seal.open(sealed, place(destination));
    }

    /** What is needed to send there. Throws GeneralSecurityException like {@link #open}. */
    public Line line(Destination destination, Sealed sealed) throws GeneralSecurityException {
        UUID id = destination.id();
        List<String> signing = new ArrayList<>();
        for (byte[] secret : sealed.secrets()) {
            signing.add(open(id, secret));
        }
        byte[] key = sealed.key();
        return new Line(id, destination.way(), destination.isProviders(), key == null ? null : open(id, key), signing);
    }

    private static String place(UUID destination) {
        return "forwarding/" + destination;
    }
}
