package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.store.ImageQuery;
import dev.unkai.cloud.image.store.ImageQuery.Column;
import dev.unkai.cloud.image.store.ImageQuery.Condition;
import dev.unkai.cloud.image.store.ImageQuery.Order;
import dev.unkai.wire.token.Caller;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query string of an image list; a name that is no attribute filters by the property of that name. */
final class ListParameters {
    private static final int DEFAULT_LIMIT = 25;
    private static final int LARGEST_LIMIT = 1_000;
    private static final int MOST_CONDITIONS = 64;
    private static final Set<String> VISIBILITIES = Set.of("public", "private", "shared", "community", "all");
    private static final Set<String> MEMBER_STATUSES = Set.of("pending", "accepted", "rejected", "all");
    private static final Pattern COMPARISON = Pattern.compile("(gte|gt|lte|lt|eq|neq):(.*)", Pattern.DOTALL);
    private static final Map<String, String> OPERATORS =
            Map.of("gte", ">=", "gt", ">", "lte", "<=", "lt", "<", "eq", "=", "neq", "<>");
    private static final Map<String, Column> SORT_KEYS = Map.of(
            "name", Column.NAME,
            "status", Column.STATUS,
            "container_format", Column.CONTAINER_FORMAT,
            "disk_format", Column.DISK_FORMAT,
            "size", Column.SIZE,
            "id", Column.ID,
            "created_at", Column.CREATED_AT,
            "updated_at", Column.UPDATED_AT);
    private static final Map<String, Column> FILTERS = Map.ofEntries(
            Map.entry("id", Column.ID),
            Map.entry("name", Column.NAME),
            Map.entry("status", Column.STATUS),
            Map.entry("owner", Column.OWNER),
            Map.entry("disk_format", Column.DISK_FORMAT),
            Map.entry("container_format", Column.CONTAINER_FORMAT),
            Map.entry("size", Column.SIZE),
            Map.entry("virtual_size", Column.VIRTUAL_SIZE),
            Map.entry("min_disk", Column.MIN_DISK),
            Map.entry("min_ram", Column.MIN_RAM),
            Map.entry("protected", Column.PROTECTED),
            Map.entry("os_hidden", Column.HIDDEN),
            Map.entry("checksum", Column.CHECKSUM),
            Map.entry("os_hash_value", Column.SHA512));

    /** Each of these filters by a bound too: {@code size_min}, {@code min_ram_max}. */
    private static final Map<String, Column> NUMBERS = Map.of(
            "size", Column.SIZE,
            "virtual_size", Column.VIRTUAL_SIZE,
            "min_disk", Column.MIN_DISK,
            "min_ram", Column.MIN_RAM);

    private final Map<String, String[]> parameters;

    ListParameters(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    ImageQuery query(Caller caller) {
        String visibility = one("visibility");
        if (visibility != null && !VISIBILITIES.contains(visibility)) {
            throw Refusal.invalid("Invalid visibility value: use public, private, shared, community or all.");
        }
        String memberStatus = one("member_status");
        if (memberStatus != null && !MEMBER_STATUSES.contains(memberStatus)) {
            throw Refusal.invalid("Invalid member_status: use pending, accepted, rejected or all.");
        }
        return new ImageQuery(
                caller.project(),
                caller.isAdmin(),
                visibility,
                memberStatus == null ? "accepted" : memberStatus,
                conditions(),
                order(),
                marker(),
                limit());
    }

    private List<Condition> conditions() {
        List<Condition> all = new ArrayList<>();
        if (!parameters.containsKey("os_hidden")) {
            all.add(new Condition.OneOf(Column.HIDDEN, List.of("false")));
        }
        parameters.forEach((name, values) -> {
            for (String value : values) {
                condition(name, value, all);
            }
        });
        if (all.size() > MOST_CONDITIONS) {
            throw Refusal.invalid("A list can have at most " + MOST_CONDITIONS + " filters.");
        }
        return all;
    }

    private static void condition(String name, String value, List<Condition> all) {
        if (name.indexOf(0) >= 0 || value.indexOf(0) >= 0) {
            throw Refusal.invalid("A filter holds a character that cannot be stored.");
        }
        switch (name) {
            case "limit", "marker", "sort", "sort_key", "sort_dir", "visibility", "member_status" -> {
                // not filters
            }
            case "tag" -> all.add(new Condition.Tagged(value.strip()));
            case "created_at" -> all.add(time(Column.CREATED_AT, name, value));
            case "updated_at" -> all.add(time(Column.UPDATED_AT, name, value));
            case "changes-since" ->
                throw Refusal.invalid(
                        "The \"changes-since\" filter is no longer available on v2. Use updated_at=gte:…");
            default -> {
                Column bounded = NUMBERS.get(name.replaceFirst("_(min|max)$", ""));
                if (bounded != null && !NUMBERS.containsKey(name)) {
                    // A size that is not known yet lies within no bounds.
                    all.add(new Condition.Compare(bounded, ">=", "0"));
                    all.add(new Condition.Compare(bounded, name.endsWith("_min") ? ">=" : "<=", bound(value)));
                    return;
                }
                Column column = FILTERS.get(name);
                all.add(
                        column == null
                                ? new Condition.Property(name, value)
                                : new Condition.OneOf(column, checked(name, column, FilterValue.choices(name, value))));
            }
        }
    }

    private static List<String> checked(String name, Column column, List<String> values) {
        return switch (column.type()) {
            case "uuid" ->
                values.stream().filter(Bodies::isId).toList().isEmpty()
                        ? List.of(new UUID(0, 0).toString())
                        : values.stream().filter(Bodies::isId).toList();
            case "bigint", "int" ->
                values.stream().map(value -> whole(name, value)).toList();
            case "boolean" -> values.stream().map(value -> truth(name, value)).toList();
            default -> values;
        };
    }

    private static String truth(String name, String value) {
        String text = name.equals("os_hidden") ? value.toLowerCase(Locale.ROOT) : value;
        if (!text.equals("true") && !text.equals("false")) {
            throw Refusal.invalid(
                    "Invalid value '" + value + "' for '" + name + "' filter. Valid values are 'true' or 'false'.");
        }
        return text;
    }

    private static String whole(String name, String value) {
        if (!value.matches("[0-9]{1,18}") || (name.startsWith("min_") && value.length() > 9)) {
            throw Refusal.invalid(name + " must be a whole number.");
        }
        return value;
    }

    private static String bound(String value) {
        if (!value.matches("-?[0-9]{1,18}")) {
            throw Refusal.invalid("Unable to filter on a range with a non-numeric value.");
        }
        return value;
    }

    private static Condition time(Column column, String name, String value) {
        Matcher comparison = COMPARISON.matcher(value);
        String operator = comparison.matches() ? OPERATORS.getOrDefault(comparison.group(1), "=") : "=";
        try {
            OffsetDateTime time = parsed(comparison.matches() ? comparison.group(2) : value);
            return new Condition.Compare(
                    column, operator, time.withOffsetSameInstant(ZoneOffset.UTC).toString());
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name + " must be a time such as gte:2026-01-31T00:00:00Z.");
        }
    }

    static boolean isTime(String value) {
        try {
            parsed(value);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** ISO 8601; a date alone is its beginning, and what names no zone is UTC. */
    private static OffsetDateTime parsed(String text) {
        String whole = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? text + "T00:00:00" : text;
        String zoned = whole.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$") ? whole : whole + "Z";
        return OffsetDateTime.parse(zoned, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private List<Order> order() {
        String combined = one("sort");
        String[] keys = parameters.getOrDefault("sort_key", new String[0]);
        String[] directions = parameters.getOrDefault("sort_dir", new String[0]);
        List<Order> order = new ArrayList<>();
        if (combined != null) {
            if (keys.length > 0 || directions.length > 0) {
                throw Refusal.invalid("Old and new sorting syntax cannot be combined.");
            }
            for (String part : combined.split(",", -1)) {
                String[] words = part.strip().split(":", 2);
                order.add(new Order(sortKey(words[0]), words.length == 1 || descending(words[1])));
            }
        } else {
            if (directions.length > 1 && directions.length != keys.length) {
                throw Refusal.invalid("Number of sort dirs does not match the number of sort keys.");
            }
            for (int n = 0; n < Math.max(1, keys.length); n++) {
                boolean descending =
                        directions.length == 0 || descending(directions[Math.min(n, directions.length - 1)]);
                order.add(new Order(keys.length == 0 ? Column.CREATED_AT : sortKey(keys[n]), descending));
            }
        }
        if (order.size() > SORT_KEYS.size()) {
            throw Refusal.invalid("There are too many sort keys.");
        }
        // Ties are decided as the reference does: one direction is that of all, and of several none is.
        boolean ties = (combined != null ? order.size() : directions.length) != 1
                || order.getFirst().descending();
        for (Column column : List.of(Column.CREATED_AT, Column.ID)) {
            if (order.stream().noneMatch(one -> one.column() == column)) {
                order.add(new Order(column, ties));
            }
        }
        return order;
    }

    private static Column sortKey(String key) {
        Column column = SORT_KEYS.get(key.strip());
        if (column == null) {
            throw Refusal.invalid("Invalid sort key. It must be one of the following: "
                    + String.join(", ", SORT_KEYS.keySet().stream().sorted().toList()) + ".");
        }
        return column;
    }

    private static boolean descending(String direction) {
        return switch (direction.strip()) {
            case "desc" -> true;
            case "asc" -> false;
            default -> throw Refusal.invalid("Invalid sort direction: use asc or desc.");
        };
    }

    private @Nullable UUID marker() {
        String marker = one("marker");
        if (marker == null) {
            return null;
        }
        if (!Bodies.isId(marker)) {
            throw Refusal.invalid("The marker must be the id of an image.");
        }
        return UUID.fromString(marker);
    }

    private int limit() {
        String limit = one("limit");
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]+")) {
            throw Refusal.invalid("limit must be a whole number and not negative.");
        }
        return new BigInteger(limit).min(BigInteger.valueOf(LARGEST_LIMIT)).intValueExact();
    }

    private @Nullable String one(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[values.length - 1];
    }
}
