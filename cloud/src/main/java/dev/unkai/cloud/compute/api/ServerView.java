package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerState;
import dev.unkai.cloud.compute.ServerState.Status;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.cloud.network.Ports.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A server in the answer to a request. One table says which field is there from which microversion on and for whom, so
 * that every version has exactly its fields (Compute API reference, "Show Server Details").
 */
@Component
class ServerView {
    /** As the reference has them: those in which something may be under way. */
    private static final Set<Status> WITH_PROGRESS =
            Set.of(Status.ACTIVE, Status.BUILD, Status.REBUILD, Status.RESIZE, Status.VERIFY_RESIZE, Status.MIGRATING);

    private static final Set<Status> WITH_FAULT = Set.of(Status.ERROR, Status.DELETED);
    private static final Object ABSENT = new Object();

    /** What the answer is to; {@link #UPDATE} had fewer fields before 2.75. */
    enum Occasion {
        SHOW,
        DETAIL,
        UPDATE
    }

    /** Where a field is shown. */
    private enum Part {
        ALWAYS,
        /** Everywhere but in the old answer to an update. */
        FULL,
        /** As FULL, to the provider only. */
        PROVIDER,
        /** Not in lists. */
        SINGLE
    }

    private record Context(ShownServer shown, Server server, ServerState state, Microversion version, boolean full) {}

    @FunctionalInterface
    private interface Value {
        @Nullable
        Object of(Context context);
    }

    /** @param open the version from which on a field of the provider's is everybody's */
    private record Field(String name, int since, Part part, int open, Value value) {}

    private final Links links;
    private final List<Field> fields = new ArrayList<>();

    ServerView(Links links) {
        this.links = links;
        add("id", 1, Part.ALWAYS, c -> c.server().id());
        add("name", 1, Part.ALWAYS, c -> c.server().naming().name());
        add("status", 1, Part.ALWAYS, c -> c.state().status());
        add("tenant_id", 1, Part.ALWAYS, c -> c.server().projectId());
        add("user_id", 1, Part.ALWAYS, c -> c.server().userId());
        add("metadata", 1, Part.ALWAYS, c -> c.server().metadata());
        add(
                "hostId",
                1,
                Part.ALWAYS,
                c -> hostId(c.server().projectId(), c.server().observed().hostName()));
        add("image", 1, Part.ALWAYS, c -> image(c.server().boot().imageId()));
        add("flavor", 1, Part.ALWAYS, this::flavor);
        add("created", 1, Part.ALWAYS, c -> Times.seconds(c.server().createdAt()));
        add("updated", 1, Part.ALWAYS, c -> Times.seconds(c.server().updatedAt()));
        add("addresses", 1, Part.ALWAYS, ServerView::addresses);
        add("accessIPv4", 1, Part.ALWAYS, c -> c.server().access().ipv4());
        add("accessIPv6", 1, Part.ALWAYS, c -> c.server().access().ipv6());
        add("links", 1, Part.ALWAYS, c -> links.of("servers/" + c.server().id()));
        add("OS-DCF:diskConfig", 1, Part.ALWAYS, c -> c.server().boot().diskConfig());
        add("fault", 1, Part.ALWAYS, ServerView::fault);
        add("progress", 1, Part.ALWAYS, c -> WITH_PROGRESS.contains(c.state().status()) ? 0 : ABSENT);
        add("OS-EXT-AZ:availability_zone", 1, Part.FULL, ServerView::zone);
        add("config_drive", 1, Part.FULL, c -> c.server().boot().configDrive() ? "True" : "");
        add("key_name", 1, Part.FULL, c -> c.server().boot().keyName());
        add(
                "OS-SRV-USG:launched_at",
                1,
                Part.FULL,
                c -> Times.microsOrNull(c.server().observed().launchedAt()));
        add(
                "OS-SRV-USG:terminated_at",
                1,
                Part.FULL,
                c -> Times.microsOrNull(c.server().terminatedAt()));
        add("security_groups", 1, Part.FULL, ServerView::securityGroups);
        add("OS-EXT-SRV-ATTR:host", 1, Part.PROVIDER, c -> c.server().observed().hostName());
        add("OS-EXT-SRV-ATTR:instance_name", 1, Part.PROVIDER, c -> c.server().instanceName());
        add(
                "OS-EXT-SRV-ATTR:hypervisor_hostname",
                1,
                Part.PROVIDER,
                c -> c.server().observed().hostName());
        add(
                "OS-EXT-SRV-ATTR:reservation_id",
                3,
                Part.PROVIDER,
                c -> c.server().origin().reservationId());
        add(
                "OS-EXT-SRV-ATTR:launch_index",
                3,
                Part.PROVIDER,
                c -> c.server().origin().launchIndex());
        add(
                "OS-EXT-SRV-ATTR:hostname",
                3,
                Part.PROVIDER,
                90,
                c -> c.server().naming().hostname());
        add("OS-EXT-SRV-ATTR:kernel_id", 3, Part.PROVIDER, c -> "");
        add("OS-EXT-SRV-ATTR:ramdisk_id", 3, Part.PROVIDER, c -> "");
        add("OS-EXT-SRV-ATTR:root_device_name", 3, Part.PROVIDER, c -> "/dev/vda");
        add(
                "OS-EXT-SRV-ATTR:user_data",
                3,
                Part.PROVIDER,
                c -> c.server().boot().userData());
        add("OS-EXT-STS:task_state", 1, Part.FULL, ServerView::task);
        add("OS-EXT-STS:vm_state", 1, Part.FULL, c -> c.state().vm().wireName());
        add("OS-EXT-STS:power_state", 1, Part.FULL, c -> c.state().power());
        add("os-extended-volumes:volumes_attached", 1, Part.FULL, c -> List.of());
        add("host_status", 16, Part.PROVIDER, c -> c.shown().hostStatus());
        add("locked", 9, Part.ALWAYS, c -> c.server().lock() != null);
        add("locked_reason", 73, Part.ALWAYS, c -> {
            Server.Lock lock = c.server().lock();
            return lock == null ? null : lock.reason();
        });
        add("description", 19, Part.ALWAYS, c -> c.server().naming().description());
        add("tags", 26, Part.ALWAYS, c -> c.server().tags());
        add("trusted_image_certificates", 63, Part.ALWAYS, c -> null);
        add("server_groups", 71, Part.SINGLE, c -> {
            UUID group = c.server().wishes().groupId();
            return group == null ? List.of() : List.of(group);
        });
    }

    private void add(String name, int since, Part part, Value value) {
        add(name, since, part, Integer.MAX_VALUE, value);
    }

    private void add(String name, int since, Part part, int open, Value value) {
        fields.add(new Field(name, since, part, open, value));
    }

    /** The full view. */
    Shape of(ShownServer shown, Microversion version, Occasion occasion, boolean provider) {
        boolean full = occasion != Occasion.UPDATE || version.atLeast(75);
        Context context = new Context(shown, shown.server(), shown.server().state(), version, full);
        Shape shape = new Shape();
        for (Field field : fields) {
            boolean seen = switch (field.part()) {
                case ALWAYS -> true;
                case FULL -> full;
                case PROVIDER -> full && (provider || version.atLeast(field.open()));
                case SINGLE -> occasion != Occasion.DETAIL;
            };
            if (seen && version.atLeast(field.since())) {
                Object value = field.value().of(context);
                if (value != ABSENT) {
                    shape.put(field.name(), value);
                }
            }
        }
        return shape;
    }

    /** The short view of lists. */
    Shape brief(Server server) {
        return new Shape()
                .with("id", server.id())
                .with("name", server.naming().name())
                .with("links", links.of("servers/" + server.id()));
    }

    /** A host's name, unrecognisable and different for each project, as the reference makes it. */
    static String hostId(String project, @Nullable String host) {
        if (host == null) {
            return "";
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-224").digest((project + host).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-224 is part of every Java platform", e);
        }
    }

    private Object image(@Nullable UUID id) {
        return id == null ? "" : new Shape().with("id", id).with("links", links.bookmarkOnly("images/" + id));
    }

    private Object flavor(Context context) {
        Server.Size size = context.server().size();
        if (context.version().before(47)) {
            return new Shape()
                    .with("id", size.flavorId())
                    .with("links", links.bookmarkOnly("flavors/" + size.flavorId()));
        }
        return new Shape()
                .with("vcpus", size.vcpus())
                .with("ram", size.ramMb())
                .with("disk", size.diskGb())
                .with("ephemeral", size.ephemeralGb())
                .with("swap", size.swapMb())
                .with("original_name", size.flavorName())
                .with("extra_specs", size.extraSpecs());
    }

    private static Object zone(Context context) {
        String zone = context.server().observed().zone();
        if (zone == null) {
            zone = context.server().wishes().zone();
        }
        return zone == null ? "" : zone;
    }

    private static @Nullable Object task(Context context) {
        ServerState.Task task = context.state().task();
        return task == null ? null : task.wireName();
    }

    private static Object fault(Context context) {
        Server.Fault fault = context.server().observed().fault();
        if (fault == null || !WITH_FAULT.contains(context.state().status())) {
            return ABSENT;
        }
        return new Shape()
                .with("code", fault.code())
                .with("created", Times.seconds(fault.at()))
                .with("message", fault.message());
    }

    private static Object addresses(Context context) {
        return context.state().vm() == ServerState.Vm.BUILDING
                ? Map.of()
                : addresses(context.shown().addresses(), context.full());
    }

    /** Network name to addresses; {@code extended} adds type and MAC. */
    static Map<String, List<Shape>> addresses(List<ServerAddress> addresses, boolean extended) {
        Map<String, List<Shape>> byNetwork = new LinkedHashMap<>();
        for (ServerAddress address : addresses) {
            byNetwork
                    .computeIfAbsent(address.networkName(), name -> new ArrayList<>())
                    .add(new Shape()
                            .with("version", address.version())
                            .with("addr", address.address())
                            .when(extended, "OS-EXT-IPS:type", address.type())
                            .when(extended, "OS-EXT-IPS-MAC:mac_addr", address.mac()));
        }
        return byNetwork;
    }

    private static Object securityGroups(Context context) {
        List<String> names = context.shown().securityGroups();
        return names.isEmpty()
                ? ABSENT
                : names.stream().map(name -> Shape.of("name", name)).toList();
    }
}
