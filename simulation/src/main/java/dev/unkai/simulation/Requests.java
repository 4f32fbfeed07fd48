package dev.unkai.simulation;

import dev.unkai.cloud.compute.AdminPassword;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.cloud.compute.ServerDeletion;
import dev.unkai.cloud.compute.ServerImaging;
import dev.unkai.cloud.compute.ServerInterfaces;
import dev.unkai.cloud.compute.ServerMoving;
import dev.unkai.cloud.compute.ServerPauses;
import dev.unkai.cloud.compute.ServerRebuilding;
import dev.unkai.cloud.compute.ServerRebuilding.Given;
import dev.unkai.cloud.compute.ServerRebuilding.Rebuild;
import dev.unkai.cloud.compute.ServerRescue;
import dev.unkai.cloud.compute.ServerResizing;
import dev.unkai.cloud.compute.ServerShelving;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.network.Ports;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of a server that exists, at the same classes as the API's controllers, and what an answer promises. */
final class Requests {
    private static final Set<Goal> OFF_OR_ON = EnumSet.of(Goal.ACTIVE, Goal.STOPPED);
    private static final Set<Goal> ANY = EnumSet.allOf(Goal.class);

    /** Carries the request out. */
    interface Deed {
        void done(CloudProcess process, Caller caller, Known server);
    }

    /** What the server may be in the end, by what it was before; null: nobody knows. */
    interface Promise {
        @Nullable
        Set<Goal> after(Known server, @Nullable Set<Goal> before);
    }

    /**
     * One kind of request.
     *
     * @param weight how often it is asked, against the others
     * @param from goals of a server for which it makes sense; others are asked now and then
     * @param operator whether it is the provider's to ask
     */
    record Request(String name, int weight, Set<Goal> from, boolean operator, Promise promise, Deed deed) {}

    private final World world;
    private final List<Request> all = new ArrayList<>();

    Requests(World world) {
        this.world = world;
        power();
        pauses();
        disks();
        moves();
        parts();
        ends();
        all.addAll(new ScheduleRequests(world).all());
    }

    /** One that makes sense for the server, most of the time. */
    Request choose(Known server) {
        Set<Goal> now = server.promised;
        List<Request> fitting = now == null || world.chance().happens(0.1)
                ? all
                : all.stream()
                        .filter(each -> each.from.stream().anyMatch(now::contains))
                        .toList();
        int left = world.chance()
                .between(1, fitting.stream().mapToInt(Request::weight).sum());
        for (Request each : fitting) {
            left -= each.weight;
            if (left <= 0) {
                return each;
            }
        }
        throw new IllegalStateException("Nothing can be asked of a server that is to be " + now);
    }

    private void add(String name, int weight, Set<Goal> from, Promise promise, Deed deed) {
        all.add(new Request(name, weight, from, false, promise, deed));
    }

    private void addForOperators(String name, int weight, Set<Goal> from, Promise promise, Deed deed) {
        all.add(new Request(name, weight, from, true, promise, deed));
    }

    private static Promise exactly(Goal... goals) {
        return (server, before) -> EnumSet.copyOf(List.of(goals));
    }

    /** The goal, or off when what was in memory was lost by an accident. */
    private static Promise inMemory(Goal goal) {
        return (server, before) -> server.disturbed ? EnumSet.of(goal, Goal.STOPPED) : EnumSet.of(goal);
    }

    private static Promise asBefore() {
        return (server, before) -> before;
    }

    /** The goal, or as before when it cannot be. */
    private static Promise orAsBefore(Goal goal) {
        return (server, before) -> {
            if (before == null) {
                return null;
            }
            Set<Goal> either = EnumSet.of(goal);
            either.addAll(before);
            return either;
        };
    }

    private void power() {
        add(
                "stop",
                6,
                EnumSet.of(Goal.ACTIVE),
                exactly(Goal.STOPPED),
                (process, caller, server) -> process.part(ServerChanges.class).stop(caller, server.id));
        add(
                "start",
                12,
                EnumSet.of(Goal.STOPPED),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerChanges.class).start(caller, server.id));
        add(
                "reboot",
                6,
                EnumSet.of(Goal.ACTIVE),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerChanges.class)
                        .reboot(
                                caller,
                                server.id,
                                world.chance().happens(0.5) ? Server.RebootKind.SOFT : Server.RebootKind.HARD));
    }

    private void pauses() {
        add(
                "pause",
                6,
                EnumSet.of(Goal.ACTIVE),
                inMemory(Goal.PAUSED),
                (process, caller, server) -> process.part(ServerPauses.class).pause(caller, server.id));
        add(
                "unpause",
                14,
                EnumSet.of(Goal.PAUSED),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerPauses.class).unpause(caller, server.id));
        add(
                "suspend",
                6,
                EnumSet.of(Goal.ACTIVE),
                inMemory(Goal.SUSPENDED),
                (process, caller, server) -> process.part(ServerPauses.class).suspend(caller, server.id));
        add(
                "resume",
                20,
                EnumSet.of(Goal.SUSPENDED),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerPauses.class).resume(caller, server.id));
    }

    private void disks() {
        add(
                "rescue",
                4,
                OFF_OR_ON,
                exactly(Goal.RESCUED),
                (process, caller, server) -> process.part(ServerRescue.class)
                        .rescue(caller, server.id, null, new AdminPassword("secret", false)));
        add(
                "unrescue",
                20,
                EnumSet.of(Goal.RESCUED),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerRescue.class).unrescue(caller, server.id));
        add(
                "rebuild",
                4,
                OFF_OR_ON,
                // one that found no host runs afterwards, if it finds one, also if it was stopped meanwhile
                (server, before) -> EnumSet.of(Goal.ACTIVE).equals(before) ? before : OFF_OR_ON,
                (process, caller, server) -> process.part(ServerRebuilding.class)
                        .rebuild(
                                caller,
                                server.id,
                                new Rebuild(
                                        world.baseImage(),
                                        null,
                                        null,
                                        Given.not(),
                                        null,
                                        Given.not(),
                                        Given.not(),
                                        "",
                                        null,
                                        null,
                                        null,
                                        world.chance().happens(0.5)),
                                Servers.Depth.PLAIN));
        add(
                "createImage",
                3,
                OFF_OR_ON,
                asBefore(),
                (process, caller, server) -> process.part(ServerImaging.class)
                        .createImage(caller, server.id, new ServerImaging.Wanted("copy", Map.of(), false, null)));
        add(
                "shelve",
                4,
                OFF_OR_ON,
                exactly(Goal.SHELVED_OFFLOADED, Goal.ACTIVE, Goal.STOPPED),
                (process, caller, server) -> process.part(ServerShelving.class).shelve(caller, server.id));
        add(
                "unshelve",
                20,
                EnumSet.of(Goal.SHELVED_OFFLOADED),
                exactly(Goal.ACTIVE, Goal.SHELVED_OFFLOADED),
                (process, caller, server) ->
                        process.part(ServerShelving.class).unshelve(caller, server.id, ServerShelving.Place.ANY));
    }

    private void moves() {
        add(
                "resize",
                8,
                OFF_OR_ON,
                orAsBefore(Goal.RESIZED),
                (process, caller, server) -> process.part(ServerResizing.class)
                        .resize(caller, server.id, world.chance().of(Customers.FLAVORS), null));
        addForOperators(
                "migrate",
                8,
                OFF_OR_ON,
                orAsBefore(Goal.RESIZED),
                (process, caller, server) -> process.part(ServerResizing.class).migrate(caller, server.id, null));
        add(
                "confirm",
                14,
                EnumSet.of(Goal.RESIZED),
                (server, before) -> OFF_OR_ON,
                (process, caller, server) -> process.part(ServerResizing.class).confirm(caller, server.id));
        add(
                "revert",
                14,
                EnumSet.of(Goal.RESIZED),
                (server, before) -> OFF_OR_ON,
                (process, caller, server) -> process.part(ServerResizing.class).revert(caller, server.id));
        addForOperators(
                "live-migrate",
                14,
                EnumSet.of(Goal.ACTIVE, Goal.PAUSED),
                asBefore(),
                (process, caller, server) -> process.part(ServerMoving.class).live(caller, server.id, null, true));
        addForOperators("abort a migration", 2, EnumSet.of(Goal.ACTIVE), asBefore(), (process, caller, server) -> {
            ServerMoving moving = process.part(ServerMoving.class);
            moving.inProgress(caller, server.id)
                    .forEach(migration -> moving.abort(caller, server.id, migration.id(), true));
        });
        addForOperators("force a migration", 2, EnumSet.of(Goal.ACTIVE), asBefore(), (process, caller, server) -> {
            ServerMoving moving = process.part(ServerMoving.class);
            moving.inProgress(caller, server.id)
                    .forEach(migration -> moving.forceComplete(caller, server.id, migration.id()));
        });
    }

    private void parts() {
        add(
                "attach an interface",
                5,
                OFF_OR_ON,
                asBefore(),
                (process, caller, server) -> process.part(ServerInterfaces.class)
                        .attach(caller, server.id, new Ports.NicRequest(null, null, null, null)));
        add("detach an interface", 5, OFF_OR_ON, asBefore(), (process, caller, server) -> {
            List<String> ports =
                    world.database().ask("select id from port where server_id = '" + server.id + "' order by id");
            if (!ports.isEmpty()) {
                process.part(ServerInterfaces.class)
                        .detach(
                                caller,
                                server.id,
                                UUID.fromString(world.chance().of(ports)));
            }
        });
        add(
                "lock",
                1,
                ANY,
                asBefore(),
                (process, caller, server) -> process.part(ServerChanges.class).lock(caller, server.id, null));
        add(
                "unlock",
                6,
                ANY,
                asBefore(),
                (process, caller, server) -> process.part(ServerChanges.class).unlock(caller, server.id));
        add(
                "protect",
                1,
                ANY,
                asBefore(),
                (process, caller, server) -> process.part(ServerDeletion.class).protect(caller, server.id, true));
        add(
                "unprotect",
                3,
                ANY,
                asBefore(),
                (process, caller, server) -> process.part(ServerDeletion.class).protect(caller, server.id, false));
    }

    private void ends() {
        Set<Goal> deleted =
                world.reclaimSeconds() == 0 ? EnumSet.of(Goal.DELETED) : EnumSet.of(Goal.DELETED, Goal.SOFT_DELETED);
        add(
                "delete",
                6,
                ANY,
                (server, before) -> deleted,
                (process, caller, server) -> process.part(ServerDeletion.class).delete(caller, server.id));
        add(
                "delete now",
                2,
                ANY,
                exactly(Goal.DELETED),
                (process, caller, server) -> process.part(ServerDeletion.class).deleteNow(caller, server.id));
        add(
                "restore",
                30,
                EnumSet.of(Goal.SOFT_DELETED),
                exactly(Goal.ACTIVE),
                (process, caller, server) -> process.part(ServerDeletion.class).restore(caller, server.id));
    }
}
