package dev.unkai.simulation;

import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.node.hypervisor.RunningGuest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether all is as it should be once faults have stopped: rows, hosts and what customers were promised. */
final class Convergence {
    private static final String SERVERS = """
            select id, desired, observed, coalesce(host_id::text, '-'), reboots - reboots_done,
                   case when fault_message is null then 'well' else 'faulty' end,
                   case when terminated_at is null then 'here' else 'gone' end,
                   coalesce(settled, '-'), coalesce(work, '-'),
                   coalesce((select string_agg(id::text, ',' order by id) from port where server_id = server.id), '-')
              from server
            """;

    /** Rows that are only there while something is under way. */
    private static final Map<String, String> UNDER_WAY = Map.of(
            "a host's state and plans",
            "select name, state, plan_generation, known_generation from host where state <> 'up' or plan_generation > known_generation",
            "events that have not reached the ledger",
            "select count(*) from outbox having count(*) > 0",
            "a migration",
            "select m.server_id, m.type, m.status from migration m join server s on s.id = m.server_id"
                    + " where m.status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')"
                    + " and not (m.status = 'finished' and s.desired = 'resized')",
            "a guest beside the guest itself",
            "select g.server_id, g.role, g.removing from guest g join server s on s.id = g.server_id"
                    + " where (g.role <> 'main' or g.removing) and not (g.role = 'kept' and not g.removing and s.desired = 'resized')",
            "an image that a server was shelved as",
            "select d.server_id from server_disk d join server s on s.id = d.server_id"
                    + " where shelved_image_id is not null and s.terminated_at is null and s.desired <> 'shelved_offloaded'",
            // Obstacles that pass by themselves have passed; a move that failed may wait for its next try.
            "a host that is to be emptied",
            "select h.name, d.server_id, d.state, d.obstacle from drain_guest d join drain on drain.id = d.drain_id"
                    + " join host h on h.id = drain.host_id where drain.ended_at is null and (d.state in ('waiting', 'moving')"
                    + " or d.obstacle in ('busy', 'silent', 'later', 'building'))",
            "a host that is told to be empty and is not, or the other way round",
            "select h.name from drain join host h on h.id = drain.host_id where drain.ended_at is null and"
                    + " (drain.emptied_at is null) <> exists (select from guest g where g.host_id = h.id)",
            "use that was kept otherwise than its rows say",
            "select project_id, sum(n), sum(vcpus), sum(ram_mb) from ("
                    + "select project_id, servers as n, vcpus, ram_mb from usage_change union all "
                    + "select project_id, -1, -vcpus, -ram_mb from server where server_counts(terminated_at, settled, desired)) u"
                    + " group by project_id having sum(n) <> 0 or sum(vcpus) <> 0 or sum(ram_mb) <> 0",
            "an image to be made",
            "select server_id, image_id from capture",
            "an image without data",
            "select id, status from image where status <> 'active' and status <> 'deleted'");

    private final World world;
    private final Customers customers;
    private final ScheduleTimes times;

    Convergence(World world, Customers customers) {
        this.world = world;
        this.customers = customers;
        this.times = new ScheduleTimes(world);
    }

    private record Row(
            UUID id,
            String desired,
            String observed,
            @Nullable UUID host,
            boolean rebooted,
            boolean well,
            boolean gone,
            String settled,
            String work,
            Set<String> ports,
            String text) {
        static Row of(String text) {
            String[] column = text.split(" ");
            return new Row(
                    UUID.fromString(column[0]),
                    column[1],
                    column[2],
                    column[3].equals("-") ? null : UUID.fromString(column[3]),
                    column[4].equals("0"),
                    column[5].equals("well"),
                    column[6].equals("gone"),
                    column[7],
                    column[8],
                    column[9].equals("-") ? Set.of() : Set.of(column[9].split(",")),
                    text);
        }
    }

    /** What is not yet as it should be, in sentences; empty when everything is. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        Map<UUID, SimulatedHost> hosts = new HashMap<>();
        Map<UUID, Set<UUID>> disks = new HashMap<>();
        Map<UUID, Set<UUID>> domains = new HashMap<>();
        for (SimulatedHost host : world.hosts()) {
            hosts.put(host.id(), host);
            disks.put(host.id(), new HashSet<>(host.disks()));
            domains.put(host.id(), host.hypervisor().guests());
            if (!host.isUp()) {
                gaps.add(host + " is not up");
            }
        }
        Map<UUID, String> goals = new HashMap<>();
        for (String text : world.database().ask(SERVERS)) {
            Row row = Row.of(text);
            goals.put(row.id, row.desired);
            if (!row.gone) {
                server(gaps, row, row.host == null ? null : hosts.get(row.host), disks, domains);
            }
        }
        for (String kept : world.database().ask("select host_id, server_id from guest where role = 'kept'")) {
            String[] column = kept.split(" ");
            left(disks, UUID.fromString(column[0])).remove(UUID.fromString(column[1]));
        }
        disks.forEach((host, left) ->
                left.forEach(guest -> gaps.add("the files of " + guest + " are left on " + hosts.get(host))));
        domains.forEach((host, left) ->
                left.forEach(guest -> gaps.add("guest " + guest + " is not to run on " + hosts.get(host))));
        world.hosts().forEach(host -> host.leftOvers().forEach(file -> gaps.add("the file " + file + " is left")));
        promises(gaps, goals);
        customers.servers().forEach(known -> times.check(gaps, known));
        new TreeMap<>(UNDER_WAY)
                .forEach((what, rows) -> world.database().ask(rows).forEach(row -> gaps.add(what + ": " + row)));
        return gaps;
    }

    private static void server(
            List<String> gaps,
            Row row,
            @Nullable SimulatedHost home,
            Map<UUID, Set<UUID>> disks,
            Map<UUID, Set<UUID>> domains) {
        boolean rests = row.settled.equals(row.desired) && row.work.equals("-") && row.rebooted && row.well;
        if (home == null) {
            // No host could take it: its owner was told so, and nothing more is to come.
            boolean nowhere = !row.well && !row.desired.equals("deleted");
            if (!nowhere && !(rests && row.desired.equals("shelved_offloaded"))) {
                gaps.add("server " + row.text + " has no host and no fault");
            }
            return;
        }
        boolean disk = left(disks, home.id()).remove(row.id);
        left(domains, home.id()).remove(row.id);
        Optional<RunningGuest> domain = home.hypervisor().domain(row.id);
        boolean runs = domain.isPresent()
                && !domain.get().halted()
                && disk
                && row.observed.equals("running")
                && domain.get().ports().equals(row.ports);
        boolean off = domain.isEmpty() && row.observed.equals("stopped");
        // One that was stopped before it first ran has no disk yet.
        boolean right = switch (row.desired) {
            case "active" -> runs;
            case "stopped", "soft_deleted" -> off;
            case "paused" -> domain.isPresent() && domain.get().halted() && disk && row.observed.equals("paused");
            case "suspended" -> domain.isEmpty() && home.keepsMemory(row.id) && row.observed.equals("suspended");
            case "rescued", "resized" -> runs || off && disk;
            default -> false;
        };
        if (!right || !rests) {
            gaps.add("server " + row.text + (domain.isEmpty() ? " does not run" : " has " + domain.get()) + " on "
                    + home + (disk ? "" : " and has no disk there"));
        }
    }

    private static Set<UUID> left(Map<UUID, Set<UUID>> byHost, UUID host) {
        return Objects.requireNonNull(byHost.get(host));
    }

    private void promises(List<String> gaps, Map<UUID, String> goals) {
        for (Known known : customers.servers()) {
            String goal = goals.get(known.id);
            if (goal == null) {
                gaps.add("server " + known.id + " was promised and is not there");
            } else if (!known.mayBe(Goal.valueOf(goal.toUpperCase(Locale.ROOT)))) {
                gaps.add("server " + known.id + " was promised to be " + known.promised + " but is to be " + goal);
            }
        }
    }
}
