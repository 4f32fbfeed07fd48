package dev.unkai.cloud.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.unkai.base.openapi.OneOf;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agreement with a customer, from its consent on.
 *
 * @param account what identity has made for it; null until then
 * @param activeAt since when the customer can use it; null until then
 * @param trouble why it does not go on, for operators; null while it does
 * @param waitsFor the same for its customer
 */
public record Contract(
        UUID id,
        UUID applicationId,
        String company,
        String plan,
        int planVersion,
        State state,
        @Nullable Account account,
        Instant createdAt,
        @Nullable Instant activeAt,
        @Nullable String trouble,
        @Nullable Waiting waitsFor) {
    /** Wakes what carries contracts out. */
    static final String CHANNEL = "contract";

    /** How far it has come. */
    public enum State {
        PROVISIONING,
        ACTIVE;

        /** As in the API and in the table. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** What a contract waits for before it goes on. */
    public enum Waiting {
        /** A part of the service that does not answer; it is tried again by itself. */
        SERVICE,
        /** Something that the provider has to do first. */
        PROVIDER,
        /** Hosts of its own, which operators dedicate to it. */
        HOSTS;

        /** As in the API and in the table. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Waiting of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What stands for it in identity.
     *
     * @param name of its domain and its first project: what is typed at the log-in
     * @param master the name of its master user
     */
    public record Account(String name, String domain, String project, String master) {}

    /**
     * What was agreed to.
     *
     * @param sha256 of the plan's published version, whose texts never change
     * @param texts their ids
     * @param email the applicant's address; null: it was an account of the contract, by its name in {@code user}
     */
    public record Consent(
            UUID id,
            String plan,
            int planVersion,
            String sha256,
            List<String> texts,
            @OneOf({"ja", "en"}) String language,
            String person,
            @Nullable String email,
            @Nullable String user,
            String address,
            String agent,
            Instant at) {
        public Consent {
            texts = List.copyOf(texts);
        }
    }
}
