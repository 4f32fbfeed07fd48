package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.ServerState.Status;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.store.ServerSearch;
import dev.unkai.cloud.compute.store.ServerSearch.Field;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A list request's filters, order and page, as a search (Compute API reference, "List Servers"). */
final class ServerListing {
    private static final String[] KNOWN = {
        "access_ip_v4",
        "access_ip_v6",
        "all_tenants",
        "auto_disk_config",
        "availability_zone",
        "changes-before",
        "changes-since",
        "config_drive",
        "created_at",
        "deleted",
        "description",
        "display_description",
        "display_name",
        "flavor",
        "host",
        "hostname",
        "image",
        "image_ref",
        "ip",
        "ip6",
        "kernel_id",
        "key_name",
        "launch_index",
        "launched_at",
        "limit",
        "locked",
        "locked_by",
        "marker",
        "name",
        "node",
        "not-tags",
        "not-tags-any",
        "power_state",
        "progress",
        "project_id",
        "ramdisk_id",
        "reservation_id",
        "root_device_name",
        "soft_deleted",
        "sort_dir",
        "sort_key",
        "status",
        "tags",
        "tags-any",
        "task_state",
        "tenant_id",
        "terminated_at",
        "user_id",
        "uuid",
        "vm_state"
    };

    /** Regular expressions in the reference, whether they are matched here or not. */
    private static final Set<String> EXPRESSIONS = Set.of(
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "availability_zone",
            "config_drive",
            "created_at",
            "description",
            "display_description",
            "display_name",
            "flavor",
            "hostname",
            "ip",
            "ip6",
            "kernel_id",
            "key_name",
            "launched_at",
            "locked_by",
            "name",
            "node",
            "power_state",
            "progress",
            "ramdisk_id",
            "reservation_id",
            "root_device_name",
            "terminated_at");

    private static final Set<String> TAGS = Set.of("tags", "tags-any", "not-tags", "not-tags-any");
    private static final int LONGEST_EXPRESSION = 255;

    /** Matched as regular expressions. */
    private static final Map<String, Field> BY_TEXT = Map.ofEntries(
            Map.entry("name", Field.NAME),
            Map.entry("display_name", Field.NAME),
            Map.entry("description", Field.DESCRIPTION),
            Map.entry("display_description", Field.DESCRIPTION),
            Map.entry("hostname", Field.HOSTNAME),
            Map.entry("node", Field.HOST),
            Map.entry("key_name", Field.KEY_NAME),
            Map.entry("availability_zone", Field.ZONE),
            Map.entry("access_ip_v4", Field.IPV4),
            Map.entry("access_ip_v6", Field.IPV6),
            Map.entry("locked_by", Field.LOCKED_BY),
            Map.entry("created_at", Field.CREATED),
            Map.entry("launched_at", Field.LAUNCHED),
            Map.entry("terminated_at", Field.TERMINATED));

    /** Matched as they are. */
    private static final Map<String, Field> BY_VALUE = Map.of(
            "image", Field.IMAGE,
            "image_ref", Field.IMAGE,
            "flavor", Field.FLAVOR,
            "reservation_id", Field.RESERVATION,
            "uuid", Field.ID,
            "user_id", Field.USER,
            "vm_state", Field.VM_STATE,
            "host", Field.HOST);

    /** Filters that everybody may use; others are ignored unless the provider asks. */
    private static final Map<String, Integer> FOR_ALL = Map.ofEntries(
            Map.entry("reservation_id", 1),
            Map.entry("name", 1),
            Map.entry("status", 1),
            Map.entry("image", 1),
            Map.entry("flavor", 1),
            Map.entry("ip", 1),
            Map.entry("changes-since", 1),
            Map.entry("all_tenants", 1),
            Map.entry("ip6", 5),
            Map.entry("tags", 26),
            Map.entry("tags-any", 26),
            Map.entry("not-tags", 26),
            Map.entry("not-tags-any", 26),
            Map.entry("changes-before", 66),
            Map.entry("locked", 73),
            Map.entry("availability_zone", 83),
            Map.entry("config_drive", 83),
            Map.entry("key_name", 83),
            Map.entry("created_at", 83),
            Map.entry("launched_at", 83),
            Map.entry("terminated_at", 83),
            Map.entry("power_state", 83),
            Map.entry("task_state", 83),
            Map.entry("vm_state", 83),
            Map.entry("progress", 83),
            Map.entry("user_id", 83));

    private static final Set<String> FORBIDDEN = Set.of(
            "block_device_mapping",
            "services",
            "metadata",
            "system_metadata",
            "info_cache",
            "security_groups",
            "pci_devices");

    private final Query query;
    private final Microversion version;
    private final Caller caller;
    private final ServerSearch search = new ServerSearch();
    private Servers.@Nullable AddressFilter byAddress;
    private boolean empty;

    ServerListing(HttpServletRequest request, Microversion version, Caller caller) {
        this.query = Query.of(request, version, KNOWN);
        this.version = version;
        this.caller = caller;
        for (String name : query.names()) {
            if (name.startsWith("_") || (FORBIDDEN.contains(name) && caller.isAdmin())) {
                throw Refusal.invalid("Invalid filter field: " + name.substring(0, Math.min(60, name.length())) + ".");
            }
            if (EXPRESSIONS.contains(name) || (TAGS.contains(name) && version.atLeast(26))) {
                query.texts(name).forEach(text -> requireExpression(name, text));
            }
        }
        project();
        filters();
        sort();
        search.page(marker(), query.limit());
        if (caller.isAdmin() && version.atLeast(3)) {
            search.withUserData();
        }
    }

    Query query() {
        return query;
    }

    ServerSearch search() {
        return search;
    }

    /** The condition on addresses; null when there is none. */
    Servers.@Nullable AddressFilter byAddress() {
        return byAddress;
    }

    /** Whether nothing can be found, so that nothing needs to be searched. */
    boolean isEmpty() {
        return empty;
    }

    @Nullable
    UUID marker() {
        String marker = query.text("marker");
        if (marker == null) {
            return null;
        }
        if (!Text.isUuid(marker)) {
            throw Refusal.invalid("marker [" + marker.substring(0, Math.min(60, marker.length())) + "] not found");
        }
        return UUID.fromString(marker);
    }

    private void project() {
        if (query.has("all_tenants") && query.flag("all_tenants", false)) {
            if (!caller.isAdmin()) {
                throw ComputeErrors.adminOnly("list servers of all projects");
            }
            String only = query.text("project_id") == null ? query.text("tenant_id") : query.text("project_id");
            if (only != null) {
                search.project(only);
            }
        } else {
            search.project(caller.project());
        }
    }

    private boolean may(String filter) {
        Integer since = FOR_ALL.get(filter);
        return query.has(filter) && (caller.isAdmin() || (since != null && version.atLeast(since)));
    }

    private String value(String filter) {
        String value = query.text(filter);
        return value == null ? "" : value;
    }

    private void filters() {
        BY_TEXT.forEach((name, field) -> {
            if (may(name)) {
                search.matches(field, value(name));
            }
        });
        BY_VALUE.forEach((name, field) -> {
            if (may(name)) {
                search.is(field, value(name));
            }
        });
        status();
        times();
        tags();
        addresses();
        if (may("locked") && version.atLeast(73)) {
            search.locked(query.flag("locked", true));
        }
        if (may("soft_deleted") && query.lenientFlag("soft_deleted")) {
            search.softDeletedToo();
        }
        if (may("deleted") && query.lenientFlag("deleted")) {
            search.gone();
        }
    }

    private void status() {
        if (!query.has("status")) {
            return;
        }
        List<Status> statuses = new ArrayList<>();
        for (String text : query.texts("status")) {
            for (Status status : Status.values()) {
                if (status.name().equals(text.toUpperCase(Locale.ROOT))) {
                    statuses.add(status);
                }
            }
        }
        if (statuses.isEmpty()) {
            if (version.atLeast(38)) {
                throw Refusal.invalid("Invalid status value");
            }
            empty = true;
            return;
        }
        if (statuses.contains(Status.DELETED) && !caller.isAdmin()) {
            throw ComputeErrors.adminOnly("list deleted servers: only administrators may list deleted instances");
        }
        search.status(statuses);
    }

    private void times() {
        Instant since = may("changes-since") ? Times.parse("changes-since", value("changes-since")) : null;
        Instant before = may("changes-before") ? Times.parse("changes-before", value("changes-before")) : null;
        if (since != null && before != null && before.isBefore(since)) {
            throw Refusal.invalid("The value of changes-since must be less than or equal to changes-before.");
        }
        if (since != null) {
            search.changedSince(since);
        }
        if (before != null) {
            search.changedBefore(before);
        }
    }

    private void tags() {
        if (version.before(26)) {
            return;
        }
        if (query.has("tags")) {
            search.allTags(List.of(value("tags").split(",")));
        }
        if (query.has("tags-any")) {
            search.anyTag(List.of(value("tags-any").split(",")));
        }
        if (query.has("not-tags")) {
            search.notAllTags(List.of(value("not-tags").split(",")));
        }
        if (query.has("not-tags-any")) {
            search.noneOfTags(List.of(value("not-tags-any").split(",")));
        }
    }

    private void addresses() {
        String four = may("ip") ? value("ip") : null;
        String six = may("ip6") && (caller.isAdmin() || version.atLeast(5)) ? value("ip6") : null;
        byAddress = four == null && six == null ? null : new Servers.AddressFilter(four, six);
    }

    private static void requireExpression(String name, String text) {
        if (text.length() > LONGEST_EXPRESSION) {
            throw Refusal.invalid("Invalid input for query parameters " + name + ": it must be at most "
                    + LONGEST_EXPRESSION + " characters.");
        }
        try {
            if (!text.isEmpty()) {
                Pattern.compile(text);
                return;
            }
        } catch (PatternSyntaxException e) {
            // said below
        }
        throw Refusal.invalid("Invalid input for query parameters " + name + ": it must be a regular expression.");
    }

    private void sort() {
        List<String> directions = query.texts("sort_dir");
        List<String> named = query.texts("sort_key");
        // A direction alone is that of the time of creation, as in the reference.
        List<String> keys = named.isEmpty() && !directions.isEmpty() ? List.of("created_at") : named;
        if (!List.of("asc", "desc").containsAll(directions)) {
            throw Refusal.invalid("Unknown sort direction, must be 'desc' or 'asc'.");
        }
        if (directions.size() > keys.size()) {
            throw Refusal.invalid("Sort direction size exceeds sort key size.");
        }
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            String direction =
                    i < directions.size() ? directions.get(i) : directions.isEmpty() ? "desc" : directions.getFirst();
            if ((key.equals("host") || key.equals("node")) && !caller.isAdmin()) {
                throw ComputeErrors.adminOnly("sort servers by " + key);
            }
            if (key.equals("locked") && version.before(73)) {
                continue; // ignored there, as the reference does
            }
            if (!ServerSearch.sorts(key)) {
                if (version.before(75) && IGNORED_KEYS.contains(key)) {
                    continue;
                }
                throw Refusal.invalid("Invalid input for query parameters sort_key: servers cannot be sorted by it.");
            }
            search.sort(key, direction.equals("desc"));
        }
    }

    private static final Set<String> IGNORED_KEYS = Set.of(
            "architecture",
            "cell_name",
            "cleaned",
            "default_ephemeral_device",
            "default_swap_device",
            "deleted",
            "deleted_at",
            "disable_terminate",
            "ephemeral_gb",
            "ephemeral_key_uuid",
            "id",
            "key_data",
            "launched_on",
            "memory_mb",
            "os_type",
            "reservation_id",
            "root_gb",
            "shutdown_terminate",
            "user_data",
            "vcpus",
            "vm_mode");
}
