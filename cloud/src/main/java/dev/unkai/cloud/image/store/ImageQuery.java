package dev.unkai.cloud.image.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which images a list shows, in which order, from where on.
 *
 * @param project whose view it is
 * @param everything whether the caller sees every project's images (an operator)
 * @param visibility a visibility, {@code all}, or null for the usual view: own, public, and shared ones that were accepted
 * @param memberStatus which shared images of others count: pending, accepted, rejected or {@code all}
 * @param conditions all of which hold
 * @param order ends with the id, so that there are no ties
 * @param marker the image after which the page begins
 */
public record ImageQuery(
        String project,
        boolean everything,
        @Nullable String visibility,
        String memberStatus,
        List<Condition> conditions,
        List<Order> order,
        @Nullable UUID marker,
        int limit) {
    public ImageQuery {
        conditions = List.copyOf(conditions);
        order = List.copyOf(order);
    }

    /** One filter; values are text in the form that the column's type reads. */
    public sealed interface Condition {
        /** The column equals one of the values. */
        record OneOf(Column column, List<String> values) implements Condition {}

        /** The column compares to the value by {@code =, <>, <, <=, >, >=}. */
        record Compare(Column column, String operator, String value) implements Condition {}

        /** The image has the tag. */
        record Tagged(String tag) implements Condition {}

        /** The image has a property of that value. */
        record Property(String name, String value) implements Condition {}
    }

    /** One sort key. */
    public record Order(Column column, boolean descending) {}

    /** The columns that lists filter and sort by, with the type that their values are read as. */
    public enum Column {
        ID("id", "uuid"),
        NAME("coalesce(name, '')", "text"),
        STATUS("status", "text"),
        OWNER("project_id", "text"),
        DISK_FORMAT("coalesce(disk_format, '')", "text"),
        CONTAINER_FORMAT("coalesce(container_format, '')", "text"),
        SIZE("coalesce(size, -1)", "bigint"),
        VIRTUAL_SIZE("coalesce(virtual_size, -1)", "bigint"),
        MIN_DISK("min_disk", "int"),
        MIN_RAM("min_ram", "int"),
        PROTECTED("protected", "boolean"),
        HIDDEN("hidden", "boolean"),
        CHECKSUM("coalesce(checksum, '')", "text"),
        SHA512("coalesce(sha512, '')", "text"),
        CREATED_AT("created_at", "timestamptz"),
        UPDATED_AT("updated_at", "timestamptz");

        private final String expression;
        private final String type;

        Column(String expression, String type) {
            this.expression = expression;
            this.type = type;
        }

        String expression() {
            return expression;
        }

        public String type() {
            return type;
        }
    }
}
