package dev.unkai.cloud.network.store;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Finds resources of one kind: by id, or by any attribute, sorted and by pages, all in SQL. */
public final class Listing<T> {
    /** How an attribute's filter value is read, so that nonsense matches nothing instead of failing in the database. */
    public enum Type {
        TEXT,
        UUID,
        FLAG,
        NUMBER,
        /** The revision; a filter by what is no number finds nothing. */
        REVISION,
        /** An instant; filters are ISO 8601 to the second. */
        TIME,
        /** An array of UUIDs that contains the value. */
        UUIDS,
        /** {@code ip_address=…} or {@code subnet_id=…} of a port. */
        FIXED_IPS
    }

    /** An attribute's SQL over the row {@code r}. */
    public record Column(String sql, Type type) {
        public static Column text(String sql) {
            return new Column(sql, Type.TEXT);
        }

        public static Column uuid(String sql) {
            return new Column(sql, Type.UUID);
        }

        public static Column flag(String sql) {
            return new Column(sql, Type.FLAG);
        }

        public static Column time(String sql) {
            return new Column(sql, Type.TIME);
        }

        public static Column number(String sql) {
            return new Column(sql, Type.NUMBER);
        }

        public static Column revision() {
            return new Column("r.revision", Type.REVISION);
        }
    }

    private final String select;
    private final RowMapper<T> mapper;
    private final Map<String, Column> columns;
    private final @Nullable String mine;

    /** @param select all rows that the caller may see, with an {@code id} and {@code created_at} column */
    Listing(String select, RowMapper<T> mapper, Map<String, Column> columns) {
        this(select, mapper, columns, null);
    }

    /**
     * @param mine what row-level security lets a project see, once more as SQL over the row {@code r} in a form that indexes serve, with {@code ?}
     *     for the project; null where there are never many rows
     */
    Listing(String select, RowMapper<T> mapper, Map<String, Column> columns, @Nullable String mine) {
        this.select = select;
        this.mapper = mapper;
        this.columns = columns;
        this.mine = mine;
    }

    public Optional<T> find(Db db, UUID id) {
        return db.sql("select * from (" + select + ") r where r.id = ?")
                .param(id)
                .query(mapper)
                .optional();
    }

    public List<T> find(Db db, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : where(db, "r.id = any(?::uuid[])", List.<Object>of((Object) uuidArray(ids)));
    }

    /** @param condition SQL over the row {@code r} with {@code ?} parameters */
    public List<T> where(Db db, String condition, List<?> parameters) {
        return db.sql("select * from (" + select + ") r where " + condition + " order by r.created_at, r.id")
                .params(parameters)
                .query(mapper)
                .list();
    }

    /** The next rows by their ids, from the first on with null; to go through all of them in pieces. */
    public List<T> next(Db db, @Nullable UUID after, int most) {
        return db.sql("select * from (" + select + ") r where r.id > ? order by r.id limit ?")
                .param(after == null ? new UUID(0, 0) : after)
                .param(most)
                .query(mapper)
                .list();
    }

    /** @throws Refusal invalid, for an attribute that does not exist or a marker that is not there */
    public List<T> list(Db db, ListQuery query) {
        StringBuilder sql = new StringBuilder("select * from (" + select + ") r where true");
        List<Object> parameters = new ArrayList<>();
        String limits = mine;
        if (limits != null) {
            db.onlyProject().ifPresent(project -> {
                sql.append(" and (").append(limits).append(')');
                parameters.addAll(Collections.nCopies(
                        Math.toIntExact(limits.chars().filter(one -> one == '?').count()), project));
            });
        }
        query.filters().forEach((attribute, values) -> filter(sql, parameters, attribute, values));
        List<ListQuery.Sort> sorts = new ArrayList<>(query.sorts());
        if (sorts.isEmpty()) {
            sorts.add(new ListQuery.Sort("created_at", true));
        }
        sorts.add(new ListQuery.Sort("id", true));
        List<String> keys =
                sorts.stream().map(sort -> sortable(sort.attribute())).toList();
        UUID marker = query.marker();
        if (marker != null) {
            if (find(db, marker).isEmpty()) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "InvalidInput",
                        "The marker " + marker + " is not in this list. Start again without it.");
            }
            after(sql, parameters, sorts, keys, marker, query.reverse());
        }
        sql.append(" order by ");
        for (int i = 0; i < keys.size(); i++) {
            boolean ascending = sorts.get(i).ascending() != query.reverse();
            sql.append(i == 0 ? "" : ", ").append(keys.get(i)).append(ascending ? "" : " desc");
        }
        if (query.limit() > 0) {
            sql.append(" limit ").append(query.limit());
        }
        List<T> found = db.sql(sql.toString()).params(parameters).query(mapper).list();
        if (!query.reverse()) {
            return found;
        }
        List<T> forward = new ArrayList<>(found);
        Collections.reverse(forward);
        return forward;
    }

    /** (k1, k2, …) beyond the marker's, each key in its own direction; the marker's own values stay in the database. */
    private void after(
            StringBuilder sql,
            List<Object> parameters,
            List<ListQuery.Sort> sorts,
            List<String> keys,
            UUID marker,
            boolean reverse) {
        List<Boolean> ascending =
                sorts.stream().map(sort -> sort.ascending() != reverse).toList();
        if (Set.copyOf(ascending).size() == 1) {
            // One comparison of rows: an index on the keys is entered at the marker.
            sql.append(" and (")
                    .append(String.join(", ", keys))
                    .append(ascending.getFirst() ? ") > (" : ") < (")
                    .append(keys.stream().map(this::ofMarker).collect(Collectors.joining(", ")))
                    .append(')');
            parameters.addAll(Collections.nCopies(keys.size(), marker));
            return;
        }
        sql.append(" and (");
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "(" : " or (");
            for (int j = 0; j <= i; j++) {
                String comparison = j < i ? " = " : ascending.get(j) ? " > " : " < ";
                sql.append(j == 0 ? "" : " and ")
                        .append(keys.get(j))
                        .append(comparison)
                        .append(ofMarker(keys.get(j)));
                parameters.add(marker);
            }
            sql.append(')');
        }
        sql.append(')');
    }

    private String ofMarker(String key) {
        return "(select " + key + " from (" + select + ") r where r.id = ?)";
    }

    private String sortable(String attribute) {
        Column column = columns.get(attribute);
        if (column == null && attribute.equals("created_at")) {
            return "r.created_at"; // the order of things that do not show when they were made
        }
        if (column == null || column.type() == Type.UUIDS || column.type() == Type.FIXED_IPS) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "InvalidInput", "'" + attribute + "' is not an attribute to sort by.");
        }
        return switch (column.type()) {
            case NUMBER, REVISION -> "coalesce(" + column.sql() + ", 0)";
            case UUID, FLAG, TIME -> column.sql();
            case TEXT -> "coalesce((" + column.sql() + ")::text, '')";
            case UUIDS, FIXED_IPS -> throw new IllegalStateException("refused above");
        };
    }

    private void filter(StringBuilder sql, List<Object> parameters, String attribute, List<String> values) {
        switch (attribute) {
            case "changed_since" -> changedSince(sql, parameters, values);
            case "tags" -> tags(sql, parameters, "r.tags @> ?::text[]", values);
            case "tags-any" -> tags(sql, parameters, "r.tags && ?::text[]", values);
            case "not-tags" -> tags(sql, parameters, "not (r.tags @> ?::text[])", values);
            case "not-tags-any" -> tags(sql, parameters, "not (r.tags && ?::text[])", values);
            default -> {
                Column column = columns.get(attribute);
                if (column == null) {
                    throw new Refusal(
                            Refusal.Kind.INVALID,
                            "HTTPBadRequest",
                            "['" + attribute + "'] is invalid attribute for filtering");
                }
                sql.append(" and ");
                check(attribute, column.type(), values);
                match(sql, parameters, column, values);
            }
        }
    }

    private static void check(String attribute, Type type, List<String> values) {
        for (String value : values) {
            boolean flag = type != Type.FLAG || !flag(value).equals("neither");
            boolean number = type != Type.NUMBER || value.strip().matches("[+-]?\\d{1,30}");
            if (!flag || !number) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "HTTPBadRequest",
                        "Invalid input for " + attribute + ". Reason: '" + brief(value)
                                + (flag ? "' is not an integer." : "' cannot be converted to boolean."));
            }
        }
    }

    private static String brief(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private void changedSince(StringBuilder sql, List<Object> parameters, List<String> values) {
        Instant since = instant(values.getFirst());
        if (since == null || !columns.containsKey("updated_at")) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "InvalidInput",
                    "Invalid input for operation: The input changed_since must be in the following format: YYYY-MM-DDTHH:MM:SSZ");
        }
        sql.append(" and r.updated_at >= ?::timestamptz");
        parameters.add(since.toString());
    }

    /** An instant with or without its zone, which is UTC; null for anything else. */
    private static @Nullable Instant instant(String text) {
        try {
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static void tags(StringBuilder sql, List<Object> parameters, String condition, List<String> values) {
        sql.append(" and ").append(condition);
        parameters.add(values.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .toArray(String[]::new));
    }

    private static void match(StringBuilder sql, List<Object> parameters, Column column, List<String> values) {
        switch (column.type()) {
            case TEXT -> {
                sql.append("coalesce((").append(column.sql()).append(")::text, '') = any(?::text[])");
                parameters.add(values.toArray(String[]::new));
            }
            case UUID -> {
                sql.append(column.sql()).append(" = any(?::uuid[])");
                parameters.add(uuidArray(uuids(values)));
            }
            case UUIDS -> {
                sql.append(column.sql()).append(" && ?::uuid[]");
                parameters.add(uuidArray(uuids(values)));
            }
            case FLAG -> {
                sql.append("(").append(column.sql()).append(")::text = any(?::text[])");
                parameters.add(values.stream().map(Listing::flag).toArray(String[]::new));
            }
            case NUMBER, REVISION -> {
                sql.append("coalesce((").append(column.sql()).append(")::text, '') = any(?::text[])");
                parameters.add(values.toArray(String[]::new));
            }
            case TIME -> {
                sql.append("date_trunc('second', ").append(column.sql()).append(") = any(?::timestamptz[])");
                parameters.add(values.stream()
                        .map(Listing::instant)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .toArray(String[]::new));
            }
            case FIXED_IPS -> {
                sql.append("true");
                for (String value : values) {
                    fixedIp(sql, parameters, value);
                }
            }
        }
    }

    private static void fixedIp(StringBuilder sql, List<Object> parameters, String value) {
        int equals = value.indexOf('=');
        String key = equals < 0 ? "" : value.substring(0, equals);
        String wanted = value.substring(equals + 1);
        String condition = switch (key) {
            case "ip_address" -> "host(a.ip) = ?";
            case "ip_address_substr" -> "strpos(host(a.ip), ?) > 0";
            case "subnet_id" -> "a.subnet_id::text = ?";
            default ->
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "InvalidInput",
                        "Filter fixed_ips by ip_address=…, ip_address_substr=… or subnet_id=…, not by '" + value
                                + "'.");
        };
        sql.append(" and exists (select from address a where a.port_id = r.id and ")
                .append(condition)
                .append(')');
        parameters.add(wanted);
    }

    private static String flag(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "y", "on", "t" -> "true";
            case "false", "0", "no", "n", "off", "f" -> "false";
            default -> "neither";
        };
    }

    private static List<UUID> uuids(List<String> values) {
        List<UUID> result = new ArrayList<>();
        for (String value : values) {
            try {
                result.add(UUID.fromString(value));
            } catch (IllegalArgumentException e) {
                // Not an id, so no resource has it.
            }
        }
        return result;
    }

    static String[] uuidArray(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
