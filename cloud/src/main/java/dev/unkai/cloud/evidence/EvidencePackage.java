package dev.unkai.cloud.evidence;

import dev.unkai.cloud.evidence.Hold.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was secured of a customer, sealed by a signature.
 *
 * @param number ours, shown as {@code P-number}
 * @param reference the case's number
 * @param server of which configuration, disk and memory are; null: events alone
 * @param mayTell whether the customer may know of it
 * @param breakGlass the access that covers disk and memory; null where there is neither
 * @param keepUntil before then it is not destroyed
 * @param toldLater whether the customer's history is told of it only after a time (0075)
 * @param toldAt when it was told then; null: not yet
 * @param obstacle why it does not go on just now; null while it does
 */
public record EvidencePackage(
        UUID id,
        long number,
        String reference,
        String project,
        @Nullable UUID server,
        String reason,
        boolean mayTell,
        Span span,
        State state,
        @Nullable UUID breakGlass,
        @Nullable String ticket,
        @Nullable UUID disclosure,
        Person made,
        Instant madeAt,
        @Nullable Instant sealedAt,
        @Nullable Instant keepUntil,
        @Nullable Instant destroyedAt,
        boolean toldLater,
        @Nullable Instant toldAt,
        @Nullable Obstacle obstacle) {
    /**
     * Which events.
     *
     * @param from, to when the ledger received them; null: open
     * @param actions one or several with commas between; null: any
     */
    public record Span(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actions) {}

    /** How far it has come. */
    public enum State {
        COLLECTING,
        SEALED,
        /** Taken back before it was sealed. */
        GIVEN_UP,
        DESTROYED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a part is, and who makes it. */
    public enum PartKind {
        EVENTS("events.jsonl", false),
        CONFIGURATION("configuration.json", false),
        DISK("server-disk.qcow2", true),
        MEMORY("server-memory.elf", true),
        DOMAIN("server-domain.xml", true),
        CLOCK("host-clock.txt", true),
        /** A document of the seal: manifest, signature, custody, what to do. */
        SEAL("", false);

        private final String file;
        private final boolean fromHost;

        PartKind(String file, boolean fromHost) {
            this.file = file;
            this.fromHost = fromHost;
        }

        public String file() {
            return file;
        }

        public boolean fromHost() {
            return fromHost;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a part is there. */
    public enum PartState {
        WANTED,
        DONE,
        MISSING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A part.
     *
     * @param capture its name in the host's plan; null for what is made here
     * @param size bytes so far
     * @param file its name in the directory of evidence; null for what stands in {@code content}, and until it is there
     * @param obstacle why it is missing
     */
    public record Part(
            UUID packageId,
            String name,
            PartKind kind,
            PartState state,
            @Nullable UUID capture,
            Instant askedAt,
            long size,
            @Nullable String sha256,
            @Nullable String file,
            byte @Nullable [] content,
            @Nullable Obstacle obstacle) {}

    /** With its parts and everybody who had it in hands, oldest first. */
    public record Whole(EvidencePackage evidence, List<Part> parts, List<Entry> custody) {
        public Whole {
            parts = List.copyOf(parts);
            custody = List.copyOf(custody);
        }
    }

    /** Its name: of the file, of the directory in it, in events. */
    public String name() {
        return "P-" + number;
    }

    /** In whose history its steps stand: the customer's where he may know of it, else the provider's alone. */
    @Nullable
    String history() {
        return mayTell ? project : null;
    }
}
