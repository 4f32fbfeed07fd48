package dev.unkai.base.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event as it is hashed. What leads to other customers' events, such as its number in the whole ledger, is not part of it.
 *
 * @param log whose history it is in
 * @param place in that history, from 0
 * @param received when the ledger took it in; to the microsecond
 * @param event its JSON text, byte by byte
 */
public record EventLeaf(String log, long place, Instant received, String event) {
    private static final String FORM = "unkai-event/1";

    public byte[] hash() {
        return Sha256.leaf(String.join("\n", FORM, log, String.valueOf(place), String.valueOf(micros(received)), event)
                .getBytes(StandardCharsets.UTF_8));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
