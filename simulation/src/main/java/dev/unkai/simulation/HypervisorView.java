package dev.unkai.simulation;

import dev.unkai.node.hypervisor.GuestMark;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.node.hypervisor.HypervisorUnavailable;
import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.node.hypervisor.MigrationRoute;
import dev.unkai.node.hypervisor.RunningGuest;
import dev.unkai.node.hypervisor.StopCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host's hypervisor as one life of its node sees it: each call is a point where the node may die, and some are refused. */
final class HypervisorView implements Hypervisor {
    private static final Pattern ID = Pattern.compile("<uuid>([^<]+)</uuid>");
    private static final Pattern PORT = Pattern.compile("interfaceid='([^']+)'");

    private final World world;
    private final SimulatedHypervisor hypervisor;
    private final Life life;
    private final SimulatedThreads threads;

    HypervisorView(World world, SimulatedHypervisor hypervisor, Life life, SimulatedThreads threads) {
        this.world = world;
        this.hypervisor = hypervisor;
        this.life = life;
        this.threads = threads;
    }

    private void answer() {
        world.points().pass(life, "before a call to its hypervisor");
        if (hypervisor.isDown()) {
            throw new HypervisorUnavailable("libvirt on this host does not answer");
        }
    }

    private void change(String what) {
        answer();
        if (world.chance().happens(world.faults().refusal())) {
            throw new HypervisorException("refused by the simulation");
        }
        world.trace().add(world.agenda().now(), "  " + hypervisor.host() + " " + what);
    }

    private void done(String what) {
        world.points().pass(life, "after " + what);
    }

    private static Set<String> ports(String xml) {
        Set<String> ports = new TreeSet<>();
        Matcher port = PORT.matcher(xml);
        while (port.find()) {
            ports.add(port.group(1));
        }
        return ports;
    }

    @Override
    public List<RunningGuest> running() {
        answer();
        return hypervisor.domains();
    }

    @Override
    public Optional<RunningGuest> find(UUID guest) {
        answer();
        return hypervisor.domain(guest);
    }

    @Override
    public void start(String domainXml) {
        Matcher id = ID.matcher(domainXml);
        if (!id.find()) {
            throw new HypervisorException("XML error: no uuid");
        }
        UUID guest = UUID.fromString(id.group(1));
        change("starts " + Words.of(guest));
        begin(new RunningGuest(guest, GuestMark.boot(domainXml).orElseThrow(), false, Set.copyOf(ports(domainXml))));
        done("starting a guest");
    }

    private void begin(RunningGuest domain) {
        if (hypervisor.domain(domain.id()).isPresent()) {
            throw new HypervisorException("operation failed: domain already exists with uuid " + domain.id());
        }
        hypervisor.put(domain);
    }

    @Override
    public void pressPowerButton(UUID guest) {
        change("presses the power button of " + Words.of(guest));
        hypervisor.shutDown(guest);
        done("pressing a power button");
    }

    @Override
    public void pause(UUID guest) {
        change("pauses " + Words.of(guest));
        hypervisor.halt(guest);
        done("pausing a guest");
    }

    @Override
    public void save(UUID guest, Path file) {
        change("saves " + Words.of(guest));
        Optional<RunningGuest> domain = hypervisor.domain(guest);
        if (domain.isEmpty()) {
            return;
        }
        try {
            // begins as a whole memory of libvirt's does
            Files.writeString(
                    file,
                    "LibvirtQemudSave " + guest + " " + domain.get().boot() + " "
                            + String.join(",", domain.get().ports()));
        } catch (IOException e) {
            throw new HypervisorException("The memory cannot be written", e);
        }
        hypervisor.end(guest, StopCause.DESTROYED);
        done("saving a guest");
    }

    @Override
    public void restore(Path file) {
        String[] saved;
        try {
            saved = Files.readString(file).split(" ", -1);
        } catch (IOException e) {
            throw new HypervisorException("The memory cannot be read", e);
        }
        UUID guest = UUID.fromString(saved[1]);
        change("restores " + Words.of(guest));
        Set<String> ports = saved[3].isEmpty() ? Set.of() : Set.of(saved[3].split(","));
        begin(new RunningGuest(guest, Long.parseLong(saved[2]), false, ports));
        done("restoring a guest");
    }

    @Override
    public void resume(UUID guest) {
        change("resumes " + Words.of(guest));
        Optional<RunningGuest> domain = hypervisor.domain(guest);
        if (domain.isPresent()) {
            if (hypervisor.coming().containsKey(guest)) {
                throw new HypervisorException("Requested operation is not valid: domain is being migrated");
            }
            hypervisor.put(new RunningGuest(
                    guest, domain.get().boot(), false, domain.get().ports()));
        }
        done("resuming a guest");
    }

    @Override
    public void destroy(UUID guest) {
        answer();
        if (hypervisor.domain(guest).isPresent()) {
            change("destroys " + Words.of(guest));
            hypervisor.end(guest, StopCause.DESTROYED);
            done("destroying a guest");
        }
    }

    @Override
    public void attachDevice(UUID guest, String deviceXml) {
        change("plugs into " + Words.of(guest));
        hypervisor.domain(guest).ifPresent(domain -> {
            Set<String> ports = new TreeSet<>(domain.ports());
            ports.addAll(ports(deviceXml));
            hypervisor.replug(domain, ports);
        });
        done("plugging");
    }

    @Override
    public void detachPort(UUID guest, String portId) {
        change("unplugs from " + Words.of(guest));
        hypervisor.domain(guest).filter(domain -> world.chance().happens(0.7)).ifPresent(domain -> {
            Set<String> ports = new TreeSet<>(domain.ports());
            ports.remove(portId);
            hypervisor.replug(domain, ports);
        });
        done("unplugging");
    }

    @Override
    public void backUp(UUID guest, String target, Path file) {
        change("copies the disk of " + Words.of(guest));
        long boot = hypervisor.domain(guest).orElseThrow(HypervisorView::ended).boot();
        try {
            threads.sleep(Duration.ofMillis(world.workMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException("The copy of the disk was given up", e);
        }
        answer();
        if (hypervisor.domain(guest).orElseThrow(HypervisorView::ended).boot() != boot) {
            throw new HypervisorException("The copy of the disk broke off");
        }
        done("copying a disk");
    }

    @Override
    public void dumpMemory(UUID guest, Path file) {
        throw new HypervisorException("No evidence is taken in a simulation");
    }

    @Override
    public Optional<String> document(UUID guest) {
        return Optional.empty();
    }

    @Override
    public void migrate(UUID guest, MigrationRoute route) {
        abortJob(guest); // a job of an earlier life of the node
        change("migrates " + Words.of(guest) + " to " + route.control());
        NodeProcess target = world.nodeAt(route.control());
        if (target == null || target.host().hypervisor().isDown()) {
            throw new HypervisorException("The other hypervisor cannot be reached (by the simulation)");
        }
        LiveMigration.run(world, hypervisor, target.host().hypervisor(), guest, life, target.life());
        done("migrating a guest");
    }

    private static HypervisorException ended() {
        return new HypervisorException("The guest does not run any more");
    }

    @Override
    public void abortJob(UUID guest) {
        answer();
        LiveMigration job = hypervisor.leaving().get(guest);
        if (job != null) {
            job.breaks("it was aborted");
        }
    }

    @Override
    public Optional<JobProgress> progress(UUID guest) {
        answer();
        return Optional.ofNullable(hypervisor.leaving().get(guest)).map(LiveMigration::progress);
    }

    @Override
    public boolean isIncoming(UUID guest) {
        answer();
        return hypervisor.coming().containsKey(guest);
    }

    @Override
    public OptionalLong stoodStillSince(UUID guest) {
        return OptionalLong.empty();
    }
}
