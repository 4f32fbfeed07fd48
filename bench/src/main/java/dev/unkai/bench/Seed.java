package dev.unkai.bench;

import dev.unkai.bench.SimulatedHost.Face;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Puts running servers into a site's database in bulk, as rows that its own work would have left: server, action, guest, claim, port,
 * address, group. Projects of a thousand, each with a network and a default group of its own; the first is the bench's customer. What is there
 * already stays, so that a larger number tops it up. For a site that is thrown away afterwards: nothing takes the rows out again.
 */
final class Seed {
    static final int PER_PROJECT = 1000;
    static final String ZONE = "simulated";
    private static final int HOST_VCPUS = 256;
    private static final int HOST_MEMORY_MIB = 1 << 20;
    private static final int HOST_DISK_GIB = 100_000;
    /** The flavor u1.nano. */
    private static final int MEMORY_MIB = 128;

    private final Database database;
    private final String customer;
    private final String image;

    /** @param customer the project of the first thousand servers */
    Seed(Database database, String customer, String image) {
        this.database = database;
        this.customer = customer;
        this.image = image;
    }

    static UUID id(String kind, int number) {
        return UUID.nameUUIDFromBytes(("seed/" + kind + "/" + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Host number {@code number}, as its rows and its simulation know it. */
    static Face host(int number) {
        return new Face(id("host", number), "seed-" + number, ZONE, HOST_VCPUS, HOST_MEMORY_MIB, HOST_DISK_GIB);
    }

    UUID network(int project) {
        return id("network", project);
    }

    void fill(int servers, int hosts) {
        for (int host = 0; host < hosts; host++) {
            Face face = host(host);
            database.run("""
                    insert into host (id, name, zone, state, last_seen, facts, vcpus, memory_mib, disk_gib, uefi)
                    values (?, ?, ?, 'up', now() + interval '10 minutes', '{"acceleration": "kvm"}', ?, ?, ?, false)
                    on conflict do nothing
                    """, face.id(), face.name(), face.zone(), face.vcpus(), face.memoryMib(), face.diskGib());
        }
        int projects = (servers + PER_PROJECT - 1) / PER_PROJECT;
        for (int project = 0; project < projects; project++) {
            if (database.number("select count(*) from network where id = ?", network(project)) == 0) {
                fill(project, Math.min(PER_PROJECT, servers - project * PER_PROJECT), hosts);
            }
        }
        // As the database would do by itself within a minute.
        database.run("analyze");
        // Claims are counted on the host by whoever claims.
        database.run("""
                update host set used_vcpus = c.vcpus, used_memory_mib = c.memory, used_disk_gib = c.disk, guests = c.guests
                  from (select host_id, sum(vcpus) as vcpus, sum(memory_mib) as memory, sum(disk_gib) as disk, count(*) as guests
                          from claim group by host_id) c
                 where host.id = c.host_id
                """);
    }

    /** One project after the other, each in few statements. */
    private void fill(int project, int servers, int hosts) {
        String owner = project == 0 ? customer : id("project", project).toString();
        UUID network = network(project);
        UUID subnet = id("subnet", project);
        UUID group = group(project, owner);
        database.run(
                "insert into network (id, project_id, name, mtu, network_type, segmentation_id)"
                        + " values (?, ?, 'seed', 1442, 'geneve', ?)",
                network,
                owner,
                1_000_000 + project);
        database.run(
                "insert into subnet (id, project_id, network_id, name, ip_version, cidr, gateway_ip, allocation_pools)"
                        + " values (?, ?, ?, 'seed', 4, '10.80.0.0/16', '10.80.0.1',"
                        + " '[{\"start\": \"10.80.0.2\", \"end\": \"10.80.255.254\"}]')",
                subnet,
                owner,
                network);

        int first = project * PER_PROJECT;
        String[] ids = ids("server", first, servers);
        String[] ports = ids("port", first, servers);
        String[] on = new String[servers];
        String[] names = new String[servers];
        byte[][] specs = new byte[servers][];
        for (int i = 0; i < servers; i++) {
            Face host = host((first + i) % hosts);
            on[i] = host.id().toString();
            names[i] = host.name();
            specs[i] = spec(ids[i], ports[i], owner, first + i);
        }
        database.run("""
                insert into server (id, project_id, user_id, request_id, reservation_id, name, hostname, desired, generation,
                       considered_generation, host_id, host_name, observed, observed_at, build_step, launched_at,
                       flavor_id, flavor_name, vcpus, ram_mb, disk_gb, image_id, availability_zone, created_at, updated_at)
                select x.id, ?, 'seed', 'req-' || x.id, 'r-seed', 'seed-' || x.n, 'seed-' || x.n, 'active', 1, 1, x.host, x.host_name,
                       'running', now(), null, now(), 'u1.nano', 'u1.nano', 1, 128, 1, ?, ?, now() - x.n * interval '1 ms', now()
                  from unnest(?::uuid[], ?::uuid[], ?::text[]) with ordinality x (id, host, host_name, n)
                """, owner, UUID.fromString(image), ZONE, ids, on, names);
        database.run("""
                with action as (
                    insert into instance_action (server_id, project_id, user_id, request_id, action, started_at, updated_at)
                    select id, ?, 'seed', 'req-' || id, 'create', now(), now() from unnest(?::uuid[]) id returning id, server_id)
                insert into instance_action_event (action_id, server_id, project_id, event, host_name, started_at, finished_at, result)
                select id, server_id, ?, 'compute__do_build_and_run_instance', 'seed', now(), now(), 'Success' from action
                """, owner, ids, owner);
        database.run(
                "insert into claim (server_id, host_id, vcpus, memory_mib, disk_gib)" + " select id, host, 1, "
                        + MEMORY_MIB + ", 1 from unnest(?::uuid[], ?::uuid[]) x (id, host)",
                ids,
                on);
        database.run("""
                insert into guest (server_id, host_id, project_id, spec, image_id, generation, plan_generation,
                       observed_state, observed_generation, since)
                select id, host, ?, spec, ?, 1, 1, 'RUNNING', 1, now() from unnest(?::uuid[], ?::uuid[], ?::bytea[]) x (id, host, spec)
                """, owner, UUID.fromString(image), ids, on, specs);
        database.run("""
                insert into port (id, project_id, network_id, mac, device_id, device_owner, server_id, binding_host, up, owned_by_device)
                select id, ?, ?, ('fa16' || lpad(to_hex(? + n), 8, '0'))::macaddr, server, 'compute:nova', server::uuid, host, true, true
                  from unnest(?::uuid[], ?::text[], ?::text[]) with ordinality x (id, server, host, n)
                """, owner, network, first, ports, ids, on);
        database.run(
                "insert into port_security_group (port_id, security_group_id, project_id)"
                        + " select id, ?, ? from unnest(?::uuid[]) id",
                group,
                owner,
                ports);
        database.run(
                "insert into address (subnet_id, ip, project_id, port_id)"
                        + " select ?, inet '10.80.0.1' + n, ?, id from unnest(?::uuid[]) with ordinality x (id, n)",
                subnet,
                owner,
                ports);
    }

    /** The project's default group; the customer may have one already. */
    private UUID group(int project, String owner) {
        UUID group = id("group", project);
        int made = database.run(
                "insert into security_group (id, project_id, name, is_default) values (?, ?, 'default', true)"
                        + " on conflict do nothing",
                group,
                owner);
        if (made == 0) {
            return database.one(
                    row -> row.getObject(1, UUID.class),
                    "select id from security_group where project_id = ? and is_default",
                    owner);
        }
        for (String ethertype : List.of("IPv4", "IPv6")) {
            database.run(
                    "insert into security_group_rule (id, project_id, security_group_id, direction, ethertype)"
                            + " values (gen_random_uuid(), ?, ?, 'egress', ?)",
                    owner,
                    group,
                    ethertype);
            database.run(
                    "insert into security_group_rule (id, project_id, security_group_id, direction, ethertype,"
                            + " remote_group_id) values (gen_random_uuid(), ?, ?, 'ingress', ?, ?)",
                    owner,
                    group,
                    ethertype,
                    group);
        }
        return group;
    }

    private byte[] spec(String server, String port, String owner, int number) {
        return Guest.newBuilder()
                .setId(server)
                .setGeneration(1)
                .setProjectId(owner)
                .setName("seed-" + number)
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(MEMORY_MIB)
                .setFirmware(Firmware.BIOS)
                .setDisk(Disk.newBuilder()
                        .setImageId(image)
                        .setImageFormat("qcow2")
                        .setImageSha512("0".repeat(128))
                        .setSizeGib(1))
                .addNics(Nic.newBuilder()
                        .setPortId(port)
                        .setMac("fa:16:%02x:%02x:%02x:%02x"
                                .formatted(0, number >> 16 & 255, number >> 8 & 255, number & 255))
                        .setMtu(1442))
                // As large as a real one, whose seed of 512 bytes is most of it.
                .setConfigDrive(ConfigDrive.newBuilder()
                        .setMetaDataJson("{\"uuid\": \"" + server + "\", \"random_seed\": \"" + "x".repeat(684) + "\"}")
                        .setNetworkDataJson("{}")
                        .setVendorDataJson("{}"))
                .setRequestId("req-" + server)
                .build()
                .toByteArray();
    }

    private static String[] ids(String kind, int first, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(id(kind, first + i).toString());
        }
        return ids.toArray(String[]::new);
    }
}
