package dev.unkai.node;

import dev.unkai.base.memory.ClassPages;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.node.console.ConsoleRelays;
import dev.unkai.node.firewall.ControllerLog;
import dev.unkai.node.firewall.FirewallLog;
import dev.unkai.node.guest.DomainDocument;
import dev.unkai.node.guest.GuestActor;
import dev.unkai.node.guest.GuestCaptures;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.guest.GuestReconciler;
import dev.unkai.node.guest.GuestWorkshop;
import dev.unkai.node.guest.Guests;
import dev.unkai.node.host.Acceleration;
import dev.unkai.node.host.AccelerationProbe;
import dev.unkai.node.host.HostFactsReader;
import dev.unkai.node.host.MemoryLimits;
import dev.unkai.node.host.Qemu;
import dev.unkai.node.host.QemuImg;
import dev.unkai.node.host.Uptime;
import dev.unkai.node.hypervisor.HypervisorUnavailable;
import dev.unkai.node.hypervisor.LibvirtConnection;
import dev.unkai.node.hypervisor.LibvirtHypervisor;
import dev.unkai.node.hypervisor.StalePorts;
import dev.unkai.node.image.ImageCache;
import dev.unkai.node.image.ImagesAhead;
import dev.unkai.node.link.CertificateRenewal;
import dev.unkai.node.link.CloudCaptures;
import dev.unkai.node.link.CloudChannel;
import dev.unkai.node.link.CloudFirewall;
import dev.unkai.node.link.CloudImages;
import dev.unkai.node.link.CloudLink;
import dev.unkai.node.link.CloudLogIns;
import dev.unkai.node.link.CloudPasswords;
import dev.unkai.node.login.LogInWatch;
import dev.unkai.node.metadata.MetadataService;
import dev.unkai.node.metadata.MetadataSwitch;
import dev.unkai.node.metadata.RunningDevices;
import dev.unkai.node.migration.Arrivals;
import dev.unkai.node.migration.Departures;
import dev.unkai.node.migration.MigrationEndpoint;
import dev.unkai.node.migration.Migrations;
import dev.unkai.node.migration.Sockets;
import dev.unkai.node.migration.TlsMigrationPeer;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a node together and starts them. */
final class NodeAssembly {
    private static final Logger log = LoggerFactory.getLogger(NodeAssembly.class);

    /**
     * Guests that are worked on at once. Platform threads, because a call into libvirt holds its thread, and a virtual thread would hold
     * one of the few carriers with it.
     */
    private static final int WORKERS = 24;

    /** How long the cloud may take to send a plan before the kept one counts. */
    private static final int PATIENCE_WITH_CLOUD_SECONDS = 5;

    /** By then a start is over, with the first guests' plans taken. */
    private static final int STARTED_SECONDS = 60;

    private final NodeConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    /** Its own thread: a survey may wait for libvirt, the heartbeat may not. */
    private final ScheduledExecutorService linkTimer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("link").factory());

    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().daemon().name("guest-", 0).factory());
    private final LibvirtConnection libvirt;
    private final HostFactsReader facts;
    private final Acceleration acceleration;
    private final Uptime uptime = new Uptime();
    private final Guests guests;
    private final CloudLink link;
    private final ConsoleRelays consoles;
    private final MetadataService metadata;
    private final FirewallLog firewallLog;
    private final CertificateRenewal certificate;
    private final LogInWatch logIns;
    private final GuestWorkshop workshop;
    private final ImagesAhead imagesAhead;
    private final PlanStore plans;
    private final LibvirtHypervisor hypervisor;

    /** Whether a plan has come from the cloud. */
    private boolean attached;

    /** Whether one was acted on. */
    private boolean ready;

    NodeAssembly(NodeConfig config) throws IOException {
        this.config = config;
        facts = new HostFactsReader(config.state(), config.memoryMib(), config.vcpus(), config.diskGib());
        plans = new PlanStore(
                config.state(),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("plan-writer").factory()),
                this::act);
        ManagedChannel channel = CloudChannel.open(
                config.cloudAddresses(),
                config.cloudAuthority(),
                config.tls(),
                Executors.newVirtualThreadPerTaskExecutor());
        GuestFiles files = new GuestFiles(config.state(), config.qemuUser());
        guests = new Guests(
                files, timer, this::actor, new StalePorts(config.ovsDatabase(), config.bridge()), this::settled);
        libvirt = new LibvirtConnection(config.libvirtUri(), guests);
        libvirt.startEvents();
        hypervisor = new LibvirtHypervisor(libvirt);
        acceleration = acceleration();
        ImageCache images = new ImageCache(
                config.state(),
                new CloudImages(channel),
                facts::diskFree,
                () -> imagesInUse(files),
                Clock.systemUTC(),
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("image-", 0).factory()));
        imagesAhead = new ImagesAhead(images);
        link = new CloudLink(channel, this::hello, this::report, this::take);
        Sockets sockets = Sockets.beside(config.libvirtUri());
        files.makeSocketDirectory(sockets.seen());
        QemuImg disks = new QemuImg();
        Arrivals arrivals = new Arrivals(files, hypervisor, sockets, disks, guests::wake);
        SSLContext betweenHosts =
                new PemFiles(config.tls().certificate(), config.tls().key(), config.hostAuthority()).sslContext();
        MigrationEndpoint endpoint =
                new MigrationEndpoint(betweenHosts, config.address(), config.migrationPort(), arrivals, sockets);
        endpoint.start();
        Departures departures = new Departures(new Departures.Tools(
                files,
                hypervisor,
                (departure, guest) -> new TlsMigrationPeer(betweenHosts, sockets, departure, guest),
                disks,
                LongWork.ON_THREADS,
                !acceleration.kvm(),
                guests::wake));
        workshop = new GuestWorkshop(
                hypervisor,
                files,
                images,
                disks,
                LongWork.ON_THREADS,
                new GuestCaptures(
                        config.state(),
                        files,
                        hypervisor,
                        new CloudCaptures(channel),
                        disks,
                        LongWork.ON_THREADS,
                        guests::wake),
                new Migrations(arrivals, departures, endpoint.address()),
                new DomainDocument(acceleration, config.bridge(), kernelSwitch(), MemoryLimits.work()),
                config.shutdownPatience(),
                Clock.systemUTC(),
                link::send,
                guests::wake);
        consoles = new ConsoleRelays(channel, files::directory, hypervisor::counters);
        metadata = new MetadataService(
                new MetadataSwitch(config.ovsDatabase(), config.bridge(), config.ovsNamespace(), kernelSwitch()),
                new CloudPasswords(channel),
                new RunningDevices(files::directory, hypervisor::document),
                timer,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("metadata").factory()));
        firewallLog = new FirewallLog(
                config.firewallLog(), config.ovnControl().map(ControllerLog::new), new CloudFirewall(channel));
        certificate = new CertificateRenewal(channel, config.tls(), Clock.systemUTC());
        logIns = new LogInWatch(config.state(), new CloudLogIns(channel));
    }

    /** Open vSwitch has a datapath of its own where the kernel has none. */
    private static boolean kernelSwitch() {
        return Files.exists(Path.of("/sys/module/openvswitch"));
    }

    /** Runs until the process ends. */
    void run() throws IOException, InterruptedException {
        if (config.readyFile().isPresent()) {
            Files.deleteIfExists(config.readyFile().get());
        }
        guests.start(hypervisor);
        metadata.start();
        firewallLog.start(Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("firewall-log").factory()));
        certificate.start(timer);
        logIns.start(Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("log-ins").factory()));
        imagesAhead.start(timer);
        timer.schedule(this::takeKeptPlan, PATIENCE_WITH_CLOUD_SECONDS, TimeUnit.SECONDS);
        timer.schedule(new ClassPages()::giveBack, STARTED_SECONDS, TimeUnit.SECONDS);
        log.info(
                "Node {} ({}) starts; guests run by {}. {}",
                config.hostName(),
                config.hostId(),
                acceleration.fact(),
                acceleration.note());
        link.start(linkTimer);
        new CountDownLatch(1).await();
    }

    private GuestActor actor(UUID id) {
        return new GuestActor(id, new GuestReconciler(id, workshop), workers, timer, guests::rested);
    }

    /** The newest plan, from the cloud. */
    private synchronized void take(HostPlan plan) {
        attached = true;
        plans.keep(plan);
    }

    /** The newest plan, which is kept now. */
    private synchronized void act(HostPlan whole) {
        HostPlan plan = config.protocol().understood(whole);
        metadata.apply(plan);
        guests.apply(plan);
        consoles.apply(plan.getSessionsList());
        imagesAhead.apply(plan.getImagesAheadList());
        if (!ready) {
            ready = true;
            writeReadyFile();
        }
    }

    private synchronized void takeKeptPlan() {
        if (attached) {
            return;
        }
        plans.last().map(config.protocol()::understood).ifPresent(plan -> {
            log.info("The cloud is away; going on by the kept plan {}", plan.getGeneration());
            metadata.apply(plan);
            guests.apply(plan);
        });
    }

    private void settled() {
        link.sendReport();
    }

    private Hello hello() {
        String hypervisorVersion = "";
        String libvirtVersion = "";
        try {
            hypervisorVersion = version(libvirt.open().getVersion());
            libvirtVersion = version(libvirt.open().getLibVersion());
        } catch (HypervisorUnavailable | LibvirtException e) {
            log.warn("The hypervisor's version is not known now: {}", e.getMessage());
        }
        return Hello.newBuilder()
                .setHostId(config.hostId().toString())
                .setName(config.hostName())
                .setZone(config.zone())
                .setFacts(facts.read(acceleration, hypervisorVersion, libvirtVersion).toBuilder()
                        .setWithoutExternal(!config.external()))
                .setProtocol(config.protocol().version())
                .build();
    }

    private HostReport report() {
        return HostReport.newBuilder()
                .setPlanGeneration(guests.planGeneration())
                .addAllGuests(guests.reports())
                .setDiskFreeGib(facts.diskFreeGib())
                .setMemoryFreeMib(facts.memoryFreeMib())
                .setUptime(uptime.line())
                .build();
    }

    private Acceleration acceleration() {
        return switch (config.domainType()) {
            case KVM -> new Acceleration(true, "");
            case QEMU -> new Acceleration(false, "The operator chose software (domain.type=qemu).");
            case PROBE -> {
                Acceleration found = new AccelerationProbe(config.state(), Qemu.fingerprint()).find();
                yield found.kvm() && !libvirtKnowsKvm()
                        ? new Acceleration(false, "KVM works, but libvirt does not offer it; guests run in software.")
                        : found;
            }
        };
    }

    private boolean libvirtKnowsKvm() {
        try {
            return libvirt.open().getCapabilities().contains("<domain type='kvm'");
        } catch (HypervisorUnavailable | LibvirtException e) {
            return true;
        }
    }

    private Set<Path> imagesInUse(GuestFiles files) throws IOException {
        Set<Path> used = new HashSet<>(files.basesInUse());
        imagesAhead
                .names()
                .forEach(name -> used.add(config.state().resolve("images").resolve(name)));
        HostPlan plan = guests.plan();
        if (plan != null) {
            for (Guest guest : plan.getGuestsList()) {
                used.add(
                        config.state().resolve("images").resolve(guest.getDisk().getImageSha512()));
            }
        }
        return used;
    }

    private void writeReadyFile() {
        config.readyFile().ifPresent(file -> {
            try {
                Files.write(file, "attached\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                log.warn("{} cannot be written: {}", file, e.getMessage());
            }
        });
    }

    /** libvirt counts 1000000·major + 1000·minor + release. */
    private static String version(long number) {
        return number / 1_000_000 + "." + number / 1000 % 1000 + "." + number % 1000;
    }
}
