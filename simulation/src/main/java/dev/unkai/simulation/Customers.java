package dev.unkai.simulation;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.NewServer;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.cloud.compute.ServerCreation;
import dev.unkai.cloud.compute.ServerDeletion;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What customers ask for, at the same classes as the API's controllers, and what they were promised by an answer. */
final class Customers {
    private static final List<String> PROJECTS = List.of("red", "green", "blue", "white");

    /** A server as its owner knows it. */
    static final class Known {
        final UUID id;
        final String project;
        /** What was asked last and acknowledged; null when an answer is missing or the guest decided otherwise. */
        Server.@Nullable Goal promised = Server.Goal.ACTIVE;

        private Known(UUID id, String project) {
            this.id = id;
            this.project = project;
        }
    }

    private final World world;
    private final UUID image;
    private final long pace;
    private final Map<UUID, Known> servers = new LinkedHashMap<>();
    private Agenda.@Nullable Event thought;

    /** @param pace milliseconds between two requests, on average */
    Customers(World world, UUID image, long pace) {
        this.world = world;
        this.image = image;
        this.pace = pace;
    }

    void work() {
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
        if (known != null && known.promised != Server.Goal.DELETED) {
            known.promised = null;
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
        if (choice <= 40 || servers.isEmpty()) {
            Caller caller = caller(world, world.chance().of(PROJECTS));
            int count = world.chance().happens(0.2) ? world.chance().between(2, 4) : 1;
            at(process, "create " + count, () -> create(process, caller, count));
            return;
        }
        Known server = world.chance().of(List.copyOf(servers.values()));
        ServerChanges changes = process.part(ServerChanges.class);
        Caller caller = caller(world, server.project);
        UUID id = server.id;
        if (choice <= 65) {
            change(
                    process,
                    "delete",
                    server,
                    Server.Goal.DELETED,
                    () -> process.part(ServerDeletion.class).delete(caller, id));
        } else if (choice <= 77) {
            change(process, "stop", server, Server.Goal.STOPPED, () -> changes.stop(caller, id));
        } else if (choice <= 89) {
            change(process, "start", server, Server.Goal.ACTIVE, () -> changes.start(caller, id));
        } else {
            Server.RebootKind kind = world.chance().happens(0.5) ? Server.RebootKind.SOFT : Server.RebootKind.HARD;
            change(process, "reboot " + kind, server, Server.Goal.ACTIVE, () -> changes.reboot(caller, id, kind));
        }
    }

    private void at(CloudProcess process, String what, Runnable work) {
        world.agenda().in(world.chance().around(5), process.life(), process.life() + " is asked: " + what, work);
    }

    private void create(CloudProcess process, Caller caller, int count) {
        NewServer wanted = new NewServer(
                "web",
                null,
                image,
                world.chance().of(List.of("u1.nano", "u1.micro", "u1.tiny", "u1.small")),
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

    private void change(CloudProcess process, String what, Known server, Server.Goal goal, Runnable work) {
        at(process, what + " " + Words.of(server.id), () -> {
            Server.Goal before = server.promised;
            if (before != Server.Goal.DELETED) { // which nothing takes back
                server.promised = null; // until it is answered
            }
            try {
                work.run();
                if (before != Server.Goal.DELETED) {
                    server.promised = goal;
                }
            } catch (Refusal refusal) {
                server.promised = before;
                fails(refusal);
            } catch (RuntimeException e) {
                fails(e);
            }
        });
    }

    /** Refusals are answers; broken connections are told as errors, and whether the request was done is not known. */
    private void fails(RuntimeException e) {
        world.trace().add(world.agenda().now(), "  answer: " + e);
    }

    static Caller caller(World world, String project) {
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
                List.of("member"),
                null,
                at,
                at);
        return new Caller(
                claims, "203.0.113.9", "simulation", "req-" + world.chance().uuid());
    }

    static List<String> projects() {
        return new ArrayList<>(PROJECTS);
    }
}
