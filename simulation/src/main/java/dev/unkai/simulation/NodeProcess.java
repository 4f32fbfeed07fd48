package dev.unkai.simulation;

import dev.unkai.node.PlanStore;
import dev.unkai.node.guest.DomainDocument;
import dev.unkai.node.guest.GuestActor;
import dev.unkai.node.guest.GuestCaptures;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.guest.GuestReconciler;
import dev.unkai.node.guest.GuestWorkshop;
import dev.unkai.node.guest.Guests;
import dev.unkai.node.host.Acceleration;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.StalePorts;
import dev.unkai.node.image.ImageCache;
import dev.unkai.node.link.CloudLink;
import dev.unkai.node.migration.Arrivals;
import dev.unkai.node.migration.Departures;
import dev.unkai.node.migration.Migrations;
import dev.unkai.node.migration.Sockets;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One life of one node: the production parts put together as NodeAssembly does, on the agenda and a simulated hypervisor. */
final class NodeProcess {
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE_WITH_CLOUD_SECONDS = 5;

    private final World world;
    private final SimulatedHost host;
    private final Life life;
    private final SimulatedTimer timer;
    private final SimulatedTimer workers;
    private final Guests guests;
    private final GuestWorkshop workshop;
    private final PlanStore plans;
    private final Arrivals arrivals;
    private boolean attached;

    NodeProcess(World world, SimulatedHost host, Life life) {
        this.world = world;
        this.host = host;
        this.life = life;
        timer = threads("timer", true);
        workers = new SimulatedTimer(world.agenda(), life, life + " works", false, world::workMillis);
        SimulatedThreads threads = new SimulatedThreads(world.agenda(), life, world::workMillis);
        SimulatedTimer link = threads("link", true);
        plans = new PlanStore(
                host.files(),
                new SimulatedTimer(world.agenda(), life, life + " keeps its plan", true, world::workMillis),
                this::act);
        CloudLink cloud =
                new CloudLink(new SimulatedChannel(world.cables(), host, life), this::hello, this::report, this::take);
        try {
            GuestFiles files = new GuestFiles(host.files(), "root");
            guests = new Guests(
                    files, timer, this::actor, new StalePorts("unix:/nonexistent", "br-int"), cloud::sendReport);
            Hypervisor hypervisor = new HypervisorView(world, host.hypervisor(), life, threads);
            ImageCache images = new ImageCache(
                    host.files(),
                    (image, sink) -> {
                        if (world.chance().happens(world.faults().lost())) {
                            throw new IOException("the cloud did not send it (by the simulation)");
                        }
                        sink.accept(world.image(image));
                    },
                    () -> Long.MAX_VALUE,
                    Set::of,
                    host.clock(),
                    new SimulatedTimer(world.agenda(), life, life + " fetches an image", false, world::workMillis));
            SimulatedDiskTool disks = new SimulatedDiskTool(world, life, threads);
            Sockets sockets = new Sockets(host.files().resolve("sockets"), Path.of("/nonexistent"));
            arrivals = new Arrivals(files, hypervisor, sockets, disks, guests::wake);
            Departures departures = new Departures(new Departures.Tools(
                    files,
                    hypervisor,
                    (departure, guest) -> new SimulatedPeer(world, host, life, threads, departure, guest),
                    disks,
                    threads,
                    host.stopsToCopy(),
                    guests::wake));
            workshop = new GuestWorkshop(
                    hypervisor,
                    files,
                    images,
                    disks,
                    threads,
                    new GuestCaptures(
                            host.files(),
                            files,
                            hypervisor,
                            new SimulatedCaptures(world, host, life),
                            disks,
                            threads,
                            guests::wake),
                    new Migrations(arrivals, departures, endpoint()),
                    new DomainDocument(new Acceleration(true, ""), "br-int", false, false),
                    SHUTDOWN_PATIENCE,
                    host.clock(),
                    cloud::send,
                    guests::wake);
            host.hypervisor().tell(life, guests);
            guests.start(hypervisor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        timer.schedule(this::takeKeptPlan, PATIENCE_WITH_CLOUD_SECONDS, TimeUnit.SECONDS);
        cloud.start(link);
    }

    private SimulatedTimer threads(String name, boolean single) {
        return new SimulatedTimer(
                world.agenda(),
                life,
                life + " " + name,
                single,
                () -> world.chance().around(2));
    }

    SimulatedHost host() {
        return host;
    }

    /** What other nodes find this one by; a node that was started again waits at another port. */
    String endpoint() {
        return life.toString();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Life life() {
        return life;
    }

    private GuestActor actor(UUID id) {
        return new GuestActor(id, new GuestReconciler(id, workshop), workers, timer, guests::rested);
    }

    private void take(HostPlan plan) {
        attached = true;
        plans.keep(plan);
    }

    private void act(HostPlan plan) {
        world.points().pass(life, "before acting on a plan");
        guests.apply(plan);
    }

    private void takeKeptPlan() {
        if (!attached) {
            plans.last().ifPresent(guests::apply);
        }
    }

    private Hello hello() {
        return Hello.newBuilder()
                .setHostId(host.id().toString())
                .setName(host.toString())
                .setZone("nova")
                .setFacts(SimulatedHost.facts())
                .setProtocol(host.protocol())
                .build();
    }

    private HostReport report() {
        return HostReport.newBuilder()
                .setPlanGeneration(guests.planGeneration())
                .addAllGuests(guests.reports())
                .setDiskFreeGib(SimulatedHost.DISK_GIB)
                .setMemoryFreeMib(SimulatedHost.MEMORY_MIB)
                .build();
    }
}
