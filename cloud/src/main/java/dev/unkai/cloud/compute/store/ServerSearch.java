package dev.unkai.cloud.compute.store;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerState.Status;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * One search for servers: conditions, order and page, as one SQL statement. Without {@link #gone} or {@link #changed}
 * only living servers are found.
 */
public final class ServerSearch {
    /** Sort keys of the API to never-null expressions. */
    private static final Map<String, String> SORT = Map.ofEntries(
            Map.entry("created_at", "s.created_at"),
            Map.entry("updated_at", "s.updated_at"),
            Map.entry("launched_at", "coalesce(s.launched_at, '-infinity')"),
            Map.entry("terminated_at", "coalesce(s.terminated_at, '-infinity')"),
            Map.entry("display_name", "s.name"),
            Map.entry("display_description", "coalesce(s.description, '')"),
            Map.entry("hostname", "s.hostname"),
            Map.entry("host", "coalesce(s.host_name, '')"),
            Map.entry("node", "coalesce(s.host_name, '')"),
            Map.entry("image_ref", "coalesce(s.image_id::text, '')"),
            Map.entry("instance_type_id", "s.flavor_id"),
            Map.entry("key_name", "coalesce(s.key_name, '')"),
            Map.entry("availability_zone", "coalesce(s.availability_zone, '')"),
            Map.entry("project_id", "s.project_id"),
            Map.entry("user_id", "s.user_id"),
            Map.entry("uuid", "s.id::text"),
            Map.entry("vm_state", StateSql.VM_STATE),
            Map.entry("task_state", StateSql.STATUS),
            Map.entry("power_state", "s.observed"),
            Map.entry("launch_index", "s.launch_index"),
            Map.entry("access_ip_v4", "s.access_ipv4"),
            Map.entry("access_ip_v6", "s.access_ipv6"),
            Map.entry("auto_disk_config", "s.disk_config"),
            Map.entry("config_drive", "s.config_drive"),
            Map.entry("locked", "(s.locked_by is not null)"),
            Map.entry("locked_by", "coalesce(s.locked_by, '')"),
            Map.entry("progress", "0"),
            Map.entry("kernel_id", "''"),
            Map.entry("ramdisk_id", "''"),
            Map.entry("root_device_name", "''"));

    private record Order(String expression, boolean descending) {}

    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private boolean alsoGone;
    private boolean alsoSoftDeleted;
    private @Nullable UUID marker;
    private int limit = 1000;
    private boolean withUserData;

    public static boolean sorts(String key) {
        return SORT.containsKey(key);
    }

    public ServerSearch where(String condition, @Nullable Object... parameters) {
        conditions.add(condition);
        values.addAll(Arrays.asList(parameters));
        return this;
    }

    public ServerSearch project(String id) {
        return where("s.project_id = ?", id);
    }

    /** The column, by name of this class's choosing, matches the regular expression, case-insensitively as the reference. */
    public ServerSearch matches(Field field, String regex) {
        return where(field.expression + " ~* ?", regex);
    }

    public ServerSearch is(Field field, String value) {
        return where(field.expression + " = ?", value);
    }

    /** What can be searched by its text. */
    public enum Field {
        NAME("s.name"),
        DESCRIPTION("coalesce(s.description, '')"),
        HOSTNAME("s.hostname"),
        HOST("coalesce(s.host_name, '')"),
        KEY_NAME("coalesce(s.key_name, '')"),
        ZONE("coalesce(s.availability_zone, '')"),
        RESERVATION("s.reservation_id"),
        USER("s.user_id"),
        PROJECT("s.project_id"),
        FLAVOR("s.flavor_id"),
        ID("s.id::text"),
        IMAGE("coalesce(s.image_id::text, '')"),
        IPV4("s.access_ipv4"),
        IPV6("s.access_ipv6"),
        LOCKED_BY("coalesce(s.locked_by, '')"),
        VM_STATE(StateSql.VM_STATE),
        CREATED("to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"),
        LAUNCHED("coalesce(to_char(s.launched_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS'), '')"),
        TERMINATED("coalesce(to_char(s.terminated_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS'), '')");

        private final String expression;

        Field(String expression) {
            this.expression = expression;
        }
    }

    public ServerSearch status(Collection<Status> statuses) {
        alsoGone |= statuses.contains(Status.DELETED);
        alsoSoftDeleted |= statuses.contains(Status.SOFT_DELETED);
        return where(StateSql.STATUS + " = any (?)", (Object)
                statuses.stream().map(Enum::name).toArray(String[]::new));
    }

    public ServerSearch changedSince(Instant at) {
        alsoGone = true;
        return where("s.updated_at >= ?", Columns.timestamp(at));
    }

    public ServerSearch changedBefore(Instant at) {
        alsoGone = true;
        return where("s.updated_at <= ?", Columns.timestamp(at));
    }

    /** Only deleted servers. */
    public ServerSearch gone() {
        alsoGone = true;
        return where("s.terminated_at is not null");
    }

    /** Also servers that are deleted but can be restored. */
    public ServerSearch softDeletedToo() {
        alsoSoftDeleted = true;
        return this;
    }

    public ServerSearch locked(boolean locked) {
        return where(locked ? "s.locked_by is not null" : "s.locked_by is null");
    }

    public ServerSearch among(Collection<UUID> ids) {
        return where("s.id = any (?)", (Object) ids.toArray(UUID[]::new));
    }

    public ServerSearch allTags(List<String> tags) {
        return where("s.tags @> ?::text[]", (Object) tags.toArray(String[]::new));
    }

    public ServerSearch anyTag(List<String> tags) {
        return where("s.tags && ?::text[]", (Object) tags.toArray(String[]::new));
    }

    public ServerSearch notAllTags(List<String> tags) {
        return where("not (s.tags @> ?::text[])", (Object) tags.toArray(String[]::new));
    }

    public ServerSearch noneOfTags(List<String> tags) {
        return where("not (s.tags && ?::text[])", (Object) tags.toArray(String[]::new));
    }

    public ServerSearch sort(String key, boolean descending) {
        String expression = SORT.get(key);
        if (expression == null) {
            throw Refusal.invalid("Servers cannot be sorted by \"" + key + "\".");
        }
        orders.add(new Order(expression, descending));
        return this;
    }

    public ServerSearch page(@Nullable UUID after, int most) {
        marker = after;
        limit = most;
        return this;
    }

    public ServerSearch withUserData() {
        withUserData = true;
        return this;
    }

    /** The page. Refuses an unknown marker, and a regular expression that the database does not understand. */
    public List<Server> run(Db db) {
        List<Order> full = new ArrayList<>(orders);
        if (full.isEmpty()) {
            full.add(new Order("s.created_at", true));
        }
        full.add(new Order("s.id", full.getLast().descending()));

        StringBuilder sql = new StringBuilder("select ").append(ServerStore.COLUMNS);
        sql.append(withUserData ? ServerStore.WITH_SECRETS : ServerStore.WITHOUT_SECRETS)
                .append(" from server s where true");
        if (!alsoGone) {
            sql.append(" and s.terminated_at is null");
            if (!alsoSoftDeleted) {
                sql.append(" and s.settled is distinct from 'soft_deleted'");
            }
        }
        conditions.forEach(condition -> sql.append(" and ").append(condition));
        List<@Nullable Object> parameters = new ArrayList<>(values);
        if (marker != null) {
            if (db.sql("select 1 from server where id = ?")
                    .param(marker)
                    .query()
                    .listOfRows()
                    .isEmpty()) {
                throw Refusal.invalid("marker [" + marker + "] not found");
            }
            sql.append(" and (").append(after(full, marker, parameters)).append(')');
        }
        sql.append(" order by ");
        for (int i = 0; i < full.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(full.get(i).expression());
            sql.append(full.get(i).descending() ? " desc" : " asc");
        }
        sql.append(" limit ?");
        parameters.add(limit);
        return understood(() -> db.sql(sql.toString())
                .params(parameters)
                .query(ServerStore::read)
                .list());
    }

    /** Which of the texts match; the database's engine takes no exponential time, whatever the expression. */
    public static List<String> matching(Db db, Collection<String> texts, String regex) {
        return understood(() -> db.sql("select one from unnest(?::text[]) one where one ~ ?")
                .param(texts.toArray(String[]::new))
                .param(regex)
                .query(String.class)
                .list());
    }

    private static <T> T understood(Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException failure && "2201B".equals(failure.getSQLState())) {
                throw Refusal.invalid("A filter is not a regular expression that can be searched by.");
            }
            throw e;
        }
    }

    /** Rows behind the marker's in the lexicographic order of the keys. */
    private static String after(List<Order> orders, UUID marker, List<@Nullable Object> parameters) {
        if (orders.stream().map(Order::descending).distinct().count() == 1) {
            // One comparison of rows: an index on the keys is entered at the marker.
            parameters.addAll(Collections.nCopies(orders.size(), marker));
            return "(" + orders.stream().map(Order::expression).collect(Collectors.joining(", "))
                    + (orders.getFirst().descending() ? ") < (" : ") > (")
                    + orders.stream()
                            .map(order -> "(select " + order.expression() + " from server s where s.id = ?)")
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        List<String> ways = new ArrayList<>();
        for (int last = 0; last < orders.size(); last++) {
            List<String> steps = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                Order order = orders.get(i);
                String relation = i < last ? "=" : order.descending() ? "<" : ">";
                steps.add(order.expression() + " " + relation + " (select " + order.expression()
                        + " from server s where s.id = ?)");
                parameters.add(marker);
            }
            ways.add("(" + String.join(" and ", steps) + ")");
        }
        return String.join(" or ", ways);
    }
}
