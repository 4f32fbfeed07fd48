package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code immutable} of roles, projects and domains: while it is true the API neither changes nor deletes them, until a request that
 * does nothing else takes it away. A guard against slips, not a right: who may change the thing may take it away.
 */
public final class Immutable {
    private static final String NAME = "immutable";

    private Immutable() {}

    /** What {@code options} of a request make of the present value; null: nobody has said anything. */
    public static @Nullable Boolean read(Body resource, @Nullable Boolean now) {
        Body options = resource.optionalObject("options").orElse(null);
        if (options == null) {
            return now;
        }
        options.only(NAME);
        if (!options.has(NAME)) {
            return now;
        }
        return options.isNull(NAME) ? null : (Boolean) options.flag(NAME, false);
    }

    /** Refuses a change while the option stands, except the one that takes the option away and nothing else. */
    public static void checkChange(String kind, String id, @Nullable Boolean now, Body resource) {
        boolean stays = resource.size() > 1 || Objects.equals(read(resource, now), Boolean.TRUE);
        if (stays) {
            checkChange(kind, id, now);
        }
    }

    public static void checkChange(String kind, String id, @Nullable Boolean now) {
        check("update", kind, id, now);
    }

    public static void checkDelete(String kind, String id, @Nullable Boolean now) {
        check("delete", kind, id, now);
    }

    private static void check(String what, String kind, String id, @Nullable Boolean now) {
        if (Boolean.TRUE.equals(now)) {
            throw Refusal.forbidden("Unable to " + what + " immutable " + kind + " resource: `" + id
                    + "`. Set resource option \"immutable\" to false first.");
        }
    }

    public static Map<String, Object> shown(@Nullable Boolean value) {
        return value == null ? Map.of() : Map.of(NAME, value);
    }

    public static @Nullable Boolean column(ResultSet row) throws SQLException {
        boolean value = row.getBoolean(NAME);
        return row.wasNull() ? null : (Boolean) value;
    }
}
