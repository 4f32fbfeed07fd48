package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.AdminPassword;
import dev.unkai.cloud.compute.NewServer;
import dev.unkai.cloud.compute.NewServer.Nics;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.network.AddressText;
import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /servers}, whose fields differ by microversion (Compute API reference, "Create Server").
 *
 * @param password of the administrator, as the client wants it, else a new one
 */
record ServerCreateBody(NewServer server, boolean reservationWanted, AdminPassword password) {
    private static final int MOST_AT_ONCE = 1000;
    private static final int MOST_NICS = 64;

    static ServerCreateBody read(@Nullable JsonNode body, Microversion version, Caller caller) {
        Fields outer = Fields.of(body);
        Fields server = outer.object("server");
        UUID group = group(outer);
        outer.end();

        String name = server.text("name", Text.NAME);
        String hostname = version.atLeast(90) ? server.optionalText("hostname", Text.HOSTNAME) : null;
        String description = version.atLeast(19) ? server.nullableText("description", Text.DESCRIPTION) : name;
        String flavor = flavor(server);
        Nics nics = nics(server, version);
        BlockDevices disks = BlockDevices.read(server, version);
        AdminPassword password = AdminPassword.of(server.optionalText("adminPass", Text.ANY));
        Map<String, String> metadata = server.map("metadata");
        Server.Wishes wishes = wishes(server, version, caller, group);
        Server.Access access = new Server.Access(
                orEmpty(server.optionalText("accessIPv4", Text.IPV4)),
                AddressText.canonical(orEmpty(server.optionalText("accessIPv6", Text.IPV6))));
        // Unless told otherwise every guest gets one, since not every network reaches the metadata service.
        boolean configDrive = server.bool("config_drive", true);
        String diskConfig = server.oneOf("OS-DCF:diskConfig", "AUTO", "MANUAL");
        String keyName = server.optionalText("key_name", Text.NAME);
        String userData = server.optionalText("user_data", Text.BASE64);
        List<String> tags = version.atLeast(52) ? server.texts("tags", Text.TAG, 50) : null;
        boolean reservation = server.bool("return_reservation_id", false);
        int least = server.integer("min_count", 1, 1, MOST_AT_ONCE);
        int most = server.integer("max_count", least, 1, MOST_AT_ONCE);
        List<String> groups = securityGroups(server);
        refuseUnoffered(server, version);
        server.end();
        if (least > most) {
            throw Refusal.invalid("min_count must be <= max_count");
        }
        if (hostname != null && most > 1) {
            throw Refusal.invalid("Unable to allocate a single hostname to multiple instances");
        }
        return new ServerCreateBody(
                new NewServer(
                        name,
                        hostname,
                        description,
                        disks.image(),
                        disks.drives(),
                        flavor,
                        nics,
                        groups,
                        keyName,
                        userData,
                        password.hash(),
                        metadata == null ? Map.of() : metadata,
                        tags == null
                                ? List.of()
                                : tags.stream().distinct().sorted().toList(),
                        wishes,
                        access,
                        configDrive,
                        diskConfig == null ? "AUTO" : diskConfig,
                        least,
                        most),
                reservation,
                password);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The only scheduler hint that is followed; others are wishes to filters that this provider does not run. */
    private static @Nullable UUID group(Fields outer) {
        Fields hints = outer.optionalObject("os:scheduler_hints");
        Fields oldHints = outer.optionalObject("OS-SCH-HNT:scheduler_hints");
        Fields chosen = hints != null ? hints : oldHints;
        return chosen == null || !chosen.has("group") ? null : UUID.fromString(chosen.text("group", Text.UUID_ID));
    }

    private static String flavor(Fields server) {
        JsonNode ref = server.raw("flavorRef");
        if (ref != null && ref.isIntegralNumber()) {
            return ref.asString();
        }
        return server.text("flavorRef", Text.FLAVOR_REF);
    }

    private static Nics nics(Fields server, Microversion version) {
        if (!server.has("networks")) {
            if (version.atLeast(37)) {
                throw server.missing("networks");
            }
            return new Nics.Automatic(false);
        }
        if (version.atLeast(37) && server.isText("networks")) {
            String word = server.oneOf("networks", "none", "auto");
            return "none".equals(word) ? new Nics.None() : new Nics.Automatic(true);
        }
        List<Fields> listed = server.objects("networks", MOST_NICS);
        if (listed == null || listed.isEmpty()) {
            return new Nics.Automatic(false);
        }
        boolean tagged = version.atLeast(42) || (version.atLeast(32) && version.before(37));
        Set<UUID> ports = new HashSet<>();
        List<NicRequest> requests = new ArrayList<>();
        for (Fields nic : listed) {
            UUID port = nic.uuid("port");
            UUID network = nic.uuid("uuid");
            String address = nic.optionalText("fixed_ip", Text.IP);
            String tag = tagged ? nic.optionalText("tag", Text.TAG) : null;
            nic.end();
            if (port != null && !ports.add(port)) {
                throw Refusal.invalid(
                        "Port ID '" + port + "' was specified twice: you cannot attach a port multiple times.");
            }
            if (port != null && address != null) {
                throw Refusal.invalid("Specified Fixed IP '" + address + "' cannot be used with port '" + port
                        + "': the two cannot be specified together.");
            }
            if (port == null && network == null) {
                throw Refusal.invalid("Bad network format: missing 'uuid'");
            }
            requests.add(new NicRequest(port == null ? network : null, port, address, tag));
        }
        return new Nics.Listed(requests);
    }

    private static Server.Wishes wishes(Fields server, Microversion version, Caller caller, @Nullable UUID group) {
        String zone = server.optionalText("availability_zone", Text.NAME);
        String host = version.atLeast(74) ? server.optionalText("host", Text.HOST) : null;
        String node = version.atLeast(74) ? server.optionalText("hypervisor_hostname", Text.HOST) : null;
        if (zone != null && zone.indexOf(':') >= 0) {
            String[] parts = zone.split(":", -1);
            if (parts.length > 3 || host != null || node != null) {
                throw Refusal.invalid("Unable to parse availability_zone: use zone:host, and no host beside it.");
            }
            zone = parts[0].isEmpty() ? null : parts[0];
            host = parts[1].isEmpty() ? null : parts[1];
            node = parts.length == 3 && !parts[2].isEmpty() ? parts[2] : null;
        }
        if (host != null && node != null && !host.equals(node)) {
            throw Refusal.invalid("host and hypervisor_hostname name different hosts.");
        }
        String place = host == null ? node : host;
        if (place != null && !caller.isAdmin()) {
            throw ComputeErrors.adminOnly("choose a server's host");
        }
        return new Server.Wishes(zone, place, group);
    }

    private static List<String> securityGroups(Fields server) {
        List<Fields> groups = server.objects("security_groups", MOST_NICS);
        if (groups == null) {
            return List.of();
        }
        Set<String> names = new java.util.LinkedHashSet<>();
        for (Fields group : groups) {
            String name = group.optionalText("name", Text.NAME);
            group.end();
            if (name != null) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static void refuseUnoffered(Fields server, Microversion version) {
        server.requireEmptyList(
                "block_device_mapping", "block_device_mapping is not offered: there are no volumes so far.");
        if (version.before(57)) {
            server.requireEmptyList("personality", "personality is not offered: put files into user_data.");
        }
        JsonNode certificates = version.atLeast(63) ? server.raw("trusted_image_certificates") : null;
        if (certificates != null && !certificates.isNull()) {
            throw Refusal.invalid(
                    "trusted_image_certificates is not offered: images are not checked against certificates.");
        }
    }
}
