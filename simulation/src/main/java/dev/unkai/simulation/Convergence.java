package dev.unkai.simulation;

import dev.unkai.cloud.compute.Server;
import dev.unkai.simulation.Customers.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Whether all is as it should be once faults have stopped: rows, hosts and what customers were promised. */
final class Convergence {
    private static final String SERVERS = """
            select id, desired, observed, coalesce(host_id::text, '-'), reboots - reboots_done,
                   case when fault_message is null then 'well' else 'faulty' end,
                   case when terminated_at is null then 'here' else 'gone' end
              from server
            """;

    private final World world;
    private final Customers customers;

    Convergence(World world, Customers customers) {
        this.world = world;
        this.customers = customers;
    }

    /** What is not yet as it should be, in sentences; empty when everything is. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        Map<UUID, Set<UUID>> disks = new HashMap<>();
        Map<UUID, SimulatedHost> hosts = new HashMap<>();
        for (SimulatedHost host : world.hosts()) {
            hosts.put(host.id(), host);
            disks.put(host.id(), new HashSet<>(host.disks()));
            if (!host.isUp()) {
                gaps.add(host + " is not up");
            }
        }
        Map<UUID, String> goals = servers(gaps, hosts, disks);
        disks.forEach((host, left) ->
                left.forEach(guest -> gaps.add("the disk of " + guest + " is left on " + hosts.get(host))));
        promises(gaps, goals);
        world.database()
                .ask(
                        "select name, state, plan_generation, known_generation from host where state <> 'up' or plan_generation > known_generation")
                .forEach(row -> gaps.add("host " + row + " (state, plan, known plan)"));
        world.database()
                .ask("select count(*) from outbox having count(*) > 0")
                .forEach(row -> gaps.add(row + " events have not reached the ledger"));
        return gaps;
    }

    private Map<UUID, String> servers(List<String> gaps, Map<UUID, SimulatedHost> hosts, Map<UUID, Set<UUID>> disks) {
        Map<UUID, String> goals = new HashMap<>();
        Map<UUID, SimulatedHost> running = new HashMap<>();
        for (SimulatedHost host : world.hosts()) {
            host.hypervisor().running().forEach(guest -> running.put(guest, host));
        }
        for (String row : world.database().ask(SERVERS)) {
            String[] column = row.split(" ");
            UUID id = UUID.fromString(column[0]);
            String goal = column[1];
            goals.put(id, goal);
            SimulatedHost at = running.remove(id);
            if (column[6].equals("gone")) {
                if (at != null) {
                    gaps.add("server " + id + " is gone but runs on " + at);
                }
                continue;
            }
            if (column[3].equals("-")) {
                // No host could take it: its owner was told so, and nothing more is to come.
                if (!column[5].equals("faulty") || goal.equals("deleted")) {
                    gaps.add("server " + row + " has no host and no fault");
                }
                continue;
            }
            SimulatedHost home = hosts.get(UUID.fromString(column[3]));
            boolean disk = home != null
                    && disks.getOrDefault(home.id(), new HashSet<>()).remove(id);
            // One that was stopped before it first ran has no disk yet.
            boolean right = column[4].equals("0")
                    && column[5].equals("well")
                    && switch (goal) {
                        case "active" -> column[2].equals("running") && at == home && disk;
                        case "stopped" -> column[2].equals("stopped") && at == null;
                        default -> false;
                    };
            if (!right) {
                gaps.add("server " + row + " runs on " + (at == null ? "no host" : at)
                        + (disk ? "" : " and has no disk at home"));
            }
        }
        running.forEach((guest, host) -> gaps.add("guest " + guest + " of no server runs on " + host));
        return goals;
    }

    private void promises(List<String> gaps, Map<UUID, String> goals) {
        for (Known known : customers.servers()) {
            Server.Goal promised = known.promised;
            String goal = goals.get(known.id);
            if (goal == null) {
                gaps.add("server " + known.id + " was promised and is not there");
            } else if (promised != null && !goal.equals(promised.name().toLowerCase(Locale.ROOT))) {
                gaps.add("server " + known.id + " was promised to be " + promised + " but is to be " + goal);
            }
        }
    }
}
