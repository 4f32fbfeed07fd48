package dev.unkai.simulation;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.LocalDrives;
import dev.unkai.cloud.compute.NewServer;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerCreation;
import dev.unkai.cloud.hosts.Maintenance;
import dev.unkai.simulation.Requests.Request;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers and the provider's operators: when they ask for what, and what they were promised by an answer. */
final class Customers {
    static final List<String> FLAVORS = List.of("u1.nano", "u1.micro", "u1.tiny", "u1.small");

    private static final List<String> PROJECTS = List.of("red", "green", "blue", "white");

    /** Limits of the projects that have any, which they soon come to: compute's, then the network's. */
    static final Map<String, Integer> COMPUTE_LIMITS = Map.of("instances", 4, "cores", 6, "ram", 1_536);

    static final Map<String, Integer> NETWORK_LIMITS = Map.of("port", 5);

    private static final Set<String> LIMITED = Set.of("green", "blue");
    private static final String OPERATORS = "operators";

    private final World world;
    private final Requests requests;
    private final long pace;
    private final Map<UUID, Known> servers = new LinkedHashMap<>();
    private Agenda.@Nullable Event thought;

    /** @param pace milliseconds between two requests, on average */
    Customers(World world, long pace) {
        this.world = world;
        this.requests = new Requests(world);
        this.pace = pace;
    }

    void work() {
        servers.values().removeIf(Known::isDeleted); // nothing more is to be seen of them
        servers.values().forEach(server -> server.disturbed = false);
        next();
    }

    void rest() {
        if (thought != null) {
            thought.cancel();
        }
    }

    Iterable<Known> servers() {
        return servers.values();
    }

    /** The guest has a will of its own; whether the cloud saw it before a later request is chance. */
    void switchedItselfOff(UUID guest) {
        Known known = servers.get(guest);
        if (known != null) {
            lost(known);
            if (!known.isDeleted()) {
                known.promised = null;
            }
        }
    }

    /** The guest ended by an accident. */
    void crashed(UUID guest) {
        Known known = servers.get(guest);
        if (known != null) {
            lost(known);
        }
    }

    /** A host lost its power: whoever was on it, or on the way there. */
    void lostPower() {
        servers.values().forEach(Customers::lost);
    }

    private static void lost(Known server) {
        server.disturbed = true;
        Set<Goal> promised = server.promised;
        if (promised != null && (promised.contains(Goal.PAUSED) || promised.contains(Goal.SUSPENDED))) {
            promised.add(Goal.STOPPED);
        }
    }

    private void next() {
        thought = world.agenda().in(world.chance().around(pace), Life.WORLD, "a customer thinks", () -> {
            ask();
            next();
        });
    }

    private void ask() {
        List<CloudProcess> alive = world.alive();
        if (alive.isEmpty()) {
            return;
        }
        CloudProcess process = world.chance().of(alive);
        int choice = world.chance().between(1, 100);
        if (choice <= 15 || servers.isEmpty()) {
            Caller caller = caller(world, world.chance().of(PROJECTS));
            int count = world.chance().happens(0.2) ? world.chance().between(2, 4) : 1;
            at(process, "create " + count, () -> create(process, caller, count));
        } else if (choice <= 18) {
            maintain(process);
        } else {
            Known server = choose();
            Request request = requests.choose(server);
            at(process, request.name() + " " + Words.of(server.id), () -> change(process, server, request));
        }
    }

    /** Seldom one that was deleted: that is refused, most of the time. */
    private Known choose() {
        List<Known> left =
                servers.values().stream().filter(server -> !server.isDeleted()).toList();
        return left.isEmpty() || world.chance().happens(0.1)
                ? world.chance().of(List.copyOf(servers.values()))
                : world.chance().of(left);
    }

    private void at(CloudProcess process, String what, Runnable work) {
        world.agenda().in(world.chance().around(5), process.life(), process.life() + " is asked: " + what, work);
    }

    private void maintain(CloudProcess process) {
        SimulatedHost host = world.chance().of(world.hosts());
        boolean begin = world.chance().happens(0.45);
        Maintenance.Guests guests = world.chance().of(List.of(Maintenance.Guests.values()));
        at(process, (begin ? "begin" : "end") + " the maintenance of " + host + (begin ? ": " + guests : ""), () -> {
            Maintenance maintenance = process.part(Maintenance.class);
            try {
                if (begin) {
                    maintenance.begin(operator(world), host.id(), "", guests);
                } else {
                    maintenance.end(operator(world), host.id());
                }
            } catch (RuntimeException e) {
                fails(e);
            }
        });
    }

    private void create(CloudProcess process, Caller caller, int count) {
        NewServer wanted = new NewServer(
                "web",
                null,
                null,
                world.baseImage(),
                LocalDrives.UNASKED,
                world.chance().of(FLAVORS),
                world.chance().happens(0.8) ? new NewServer.Nics.Automatic(false) : new NewServer.Nics.None(),
                List.of(),
                null,
                null,
                "$6$salt$hash",
                Map.of(),
                List.of(),
                new Server.Wishes(null, null, null),
                new Server.Access("", ""),
                true,
                "MANUAL",
                1,
                count);
        try {
            for (Server server : process.part(ServerCreation.class).create(caller, wanted)) {
                servers.put(server.id(), new Known(server.id(), caller.project()));
                world.trace().add(world.agenda().now(), "  server " + server.id());
            }
        } catch (RuntimeException e) {
            fails(e);
        }
    }

    private void change(CloudProcess process, Known server, Request request) {
        Set<Goal> before = server.promised;
        boolean deleted = server.isDeleted();
        Caller caller = request.operator() ? operator(world) : caller(world, server.project);
        if (!deleted) {
            server.promised = null; // until it is answered
        }
        try {
            request.deed().done(process, caller, server);
            if (!deleted) {
                server.promised = request.promise().after(server, before);
            }
        } catch (Refusal refusal) {
            server.promised = before;
            fails(refusal);
        } catch (RuntimeException e) {
            fails(e);
        }
    }

    /** Refusals are answers; broken connections are told as errors, and whether the request was done is not known. */
    private void fails(RuntimeException e) {
        world.trace().add(world.agenda().now(), "  answer: " + e);
    }

    static Caller caller(World world, String project) {
        return caller(world, project, "member");
    }

    private static Caller operator(World world) {
        return caller(world, OPERATORS, "admin");
    }

    private static Caller caller(World world, String project, String role) {
        Instant at = Instant.EPOCH;
        TokenClaims claims = new TokenClaims(
                List.of("audit"),
                List.of("password"),
                "user-of-" + project,
                project,
                "domain",
                "domain",
                project,
                project,
                "domain",
                "domain",
                null,
                null,
                false,
                List.of(role),
                null,
                at,
                at);
        return new Caller(
                claims, "203.0.113.9", "simulation", "req-" + world.chance().uuid());
    }

    static boolean isLimited(String project) {
        return LIMITED.contains(project);
    }

    static List<String> projects() {
        return new ArrayList<>(PROJECTS);
    }
}
