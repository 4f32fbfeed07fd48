package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The frames that all bodies of the Network API share. */
final class Bodies {
    private static final int MOST_AT_ONCE = 100;

    private Bodies() {}

    /** The part of a body that every resource ends with. */
    static void stamp(Map<String, Object> body, Stamp stamp, String project) {
        body.put("created_at", time(stamp.createdAt()));
        body.put("updated_at", time(stamp.updatedAt()));
        body.put("revision_number", stamp.revision());
        body.put("project_id", project);
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Does the work of a change. As in the reference, a body that would not do for any resource is told before that there is none of this id, or that it is
     * another's.
     *
     * @param reading reads the body as for a blank resource
     */
    static <T> T change(Supplier<T> work, Runnable reading) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND || refusal.kind() == Refusal.Kind.FORBIDDEN) {
                fault(reading).ifPresent(fault -> {
                    throw fault;
                });
            }
            throw refusal;
        }
    }

    /** What is wrong with a body in itself. */
    static Optional<Refusal> fault(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (Refusal refusal) {
            boolean ofTheBody =
                    refusal.kind() == Refusal.Kind.INVALID || refusal.code().equals(Refusals.ANOTHERS_PROJECT);
            return Optional.of(refusal).filter(_ -> ofTheBody);
        }
    }

    /**
     * Makes the one resource of the body, or all of a bulk request's, each bare or in a frame of its own; the caller's transaction makes it all or
     * none.
     */
    static Map<String, Object> create(
            @Nullable JsonNode body,
            String singular,
            String plural,
            Caller caller,
            Function<Attributes, Map<String, Object>> maker) {
        if (body != null && body.isObject() && body.path(plural).isArray()) {
            JsonNode many = body.path(plural);
            if (many.isEmpty() || many.size() > MOST_AT_ONCE) {
                throw Refusals.invalid(
                        "HTTPBadRequest",
                        "'" + plural + "' must have 1 to " + MOST_AT_ONCE + " entries, not " + many.size() + ".");
            }
            List<Map<String, Object>> made = new ArrayList<>();
            for (JsonNode one : many) {
                boolean framed = one.size() == 1 && one.path(singular).isObject();
                made.add(maker.apply(new Attributes(singular, framed ? one.path(singular) : one, caller)));
            }
            return Map.of(plural, made);
        }
        return Map.of(singular, maker.apply(Attributes.of(body, singular, caller)));
    }
}
