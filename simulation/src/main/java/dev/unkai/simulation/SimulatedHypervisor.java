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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The domains that run on one host, whatever becomes of its node process: what is true, not what is reported. */
final class SimulatedHypervisor {
    private static final Pattern ID = Pattern.compile("<uuid>([^<]+)</uuid>");
    private static final Pattern PORT = Pattern.compile("interfaceid='([^']+)'");

    private final World world;
    private final SimulatedHost host;
    private final Map<UUID, RunningGuest> domains = new TreeMap<>();
    private final Set<UUID> shuttingDown = new HashSet<>();
    private Hypervisor.@Nullable Listener listener;
    private @Nullable Life listening;
    private long downUntil;

    SimulatedHypervisor(World world, SimulatedHost host) {
        this.world = world;
        this.host = host;
    }

    /** The guests that run here. */
    Set<UUID> running() {
        return Set.copyOf(domains.keySet());
    }

    List<RunningGuest> domains() {
        return List.copyOf(domains.values());
    }

    boolean runs(UUID guest) {
        return domains.containsKey(guest);
    }

    /** Nothing answers for a while. */
    void goDown(long millis) {
        downUntil = world.agenda().now() + millis;
    }

    /** The host loses its power: nobody is told. */
    void powerLoss() {
        domains.clear();
        shuttingDown.clear();
    }

    /** The guest ends without this node's doing. */
    void end(UUID guest, StopCause cause) {
        if (domains.remove(guest) == null) {
            return;
        }
        shuttingDown.remove(guest);
        Hypervisor.Listener told = listener;
        Life by = listening;
        if (told != null && by != null) {
            world.agenda()
                    .in(
                            world.chance().around(20),
                            by,
                            host + " sees " + Words.of(guest) + " end: " + cause,
                            () -> told.stopped(guest, cause));
        }
    }

    void halt(UUID guest) {
        RunningGuest domain = domains.get(guest);
        if (domain != null) {
            domains.put(guest, new RunningGuest(guest, domain.boot(), true, domain.ports()));
            Hypervisor.Listener told = listener;
            Life by = listening;
            if (told != null && by != null) {
                world.agenda()
                        .in(
                                world.chance().around(20),
                                by,
                                host + " sees " + Words.of(guest) + " halt",
                                () -> told.changed(guest));
            }
        }
    }

    /** The hypervisor as one life of the node sees it. */
    Hypervisor of(Life life) {
        return new Seen(life);
    }

    /** Events go to this life of the node from now on. */
    void tell(Life life, Hypervisor.Listener who) {
        listener = who;
        listening = life;
    }

    private static Set<String> ports(String xml) {
        Set<String> ports = new HashSet<>();
        Matcher port = PORT.matcher(xml);
        while (port.find()) {
            ports.add(port.group(1));
        }
        return ports;
    }

    private final class Seen implements Hypervisor {
        private final Life life;

        Seen(Life life) {
            this.life = life;
        }

        private void answer() {
            world.points().pass(life, "before a call to its hypervisor");
            if (world.agenda().now() < downUntil) {
                throw new HypervisorUnavailable("libvirt on this host does not answer");
            }
        }

        private void change(String what) {
            answer();
            if (world.chance().happens(world.faults().refusal())) {
                throw new HypervisorException("refused by the simulation");
            }
            world.trace().add(world.agenda().now(), "  " + host + " " + what);
        }

        private void done(String what) {
            world.points().pass(life, "after " + what);
        }

        @Override
        public List<RunningGuest> running() {
            answer();
            return List.copyOf(domains.values());
        }

        @Override
        public Optional<RunningGuest> find(UUID guest) {
            answer();
            return Optional.ofNullable(domains.get(guest));
        }

        @Override
        public void start(String domainXml) {
            Matcher id = ID.matcher(domainXml);
            if (!id.find()) {
                throw new HypervisorException("XML error: no uuid");
            }
            UUID guest = UUID.fromString(id.group(1));
            change("starts " + Words.of(guest));
            if (domains.containsKey(guest)) {
                throw new HypervisorException("operation failed: domain already exists with uuid " + guest);
            }
            world.starts(guest, host);
            domains.put(
                    guest,
                    new RunningGuest(
                            guest, GuestMark.boot(domainXml).orElseThrow(), false, Set.copyOf(ports(domainXml))));
            done("starting a guest");
        }

        @Override
        public void pressPowerButton(UUID guest) {
            change("presses the power button of " + Words.of(guest));
            if (domains.containsKey(guest) && world.chance().happens(0.7) && shuttingDown.add(guest)) {
                long boot = domains.get(guest).boot();
                world.agenda().in(world.chance().around(3_000), Life.WORLD, Words.of(guest) + " shuts down", () -> {
                    RunningGuest now = domains.get(guest);
                    if (shuttingDown.remove(guest) && now != null && now.boot() == boot) {
                        end(guest, StopCause.GUEST);
                    }
                });
            }
            done("pressing a power button");
        }

        @Override
        public void pause(UUID guest) {
            change("pauses " + Words.of(guest));
            halt(guest);
            done("pausing a guest");
        }

        @Override
        public void save(UUID guest, Path file) {
            change("saves " + Words.of(guest));
            RunningGuest domain = domains.get(guest);
            if (domain == null) {
                return;
            }
            try {
                // begins as a whole memory of libvirt's does
                Files.writeString(file, "LibvirtQemudSave " + guest + " " + domain.boot());
            } catch (IOException e) {
                throw new HypervisorException("The memory cannot be written", e);
            }
            end(guest, StopCause.DESTROYED);
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
            if (domains.containsKey(guest)) {
                throw new HypervisorException("operation failed: domain already exists with uuid " + guest);
            }
            world.starts(guest, host);
            domains.put(guest, new RunningGuest(guest, Long.parseLong(saved[2]), false, Set.of()));
            done("restoring a guest");
        }

        @Override
        public void resume(UUID guest) {
            change("resumes " + Words.of(guest));
            RunningGuest domain = domains.get(guest);
            if (domain != null) {
                domains.put(guest, new RunningGuest(guest, domain.boot(), false, domain.ports()));
            }
        }

        @Override
        public void destroy(UUID guest) {
            answer();
            if (domains.containsKey(guest)) {
                change("destroys " + Words.of(guest));
                end(guest, StopCause.DESTROYED);
                done("destroying a guest");
            }
        }

        @Override
        public void attachDevice(UUID guest, String deviceXml) {
            change("plugs into " + Words.of(guest));
            RunningGuest domain = domains.get(guest);
            if (domain != null) {
                Set<String> ports = new HashSet<>(domain.ports());
                ports.addAll(ports(deviceXml));
                domains.put(guest, new RunningGuest(guest, domain.boot(), domain.halted(), Set.copyOf(ports)));
            }
            done("plugging");
        }

        @Override
        public void detachPort(UUID guest, String portId) {
            change("unplugs from " + Words.of(guest));
            RunningGuest domain = domains.get(guest);
            if (domain != null && world.chance().happens(0.7)) {
                Set<String> ports = new HashSet<>(domain.ports());
                ports.remove(portId);
                domains.put(guest, new RunningGuest(guest, domain.boot(), domain.halted(), Set.copyOf(ports)));
            }
            done("unplugging");
        }

        @Override
        public void backUp(UUID guest, String target, Path file) {
            throw new HypervisorException("Disks are not copied in the simulation");
        }

        @Override
        public void migrate(UUID guest, MigrationRoute route) {
            throw new HypervisorException("Guests do not move in the simulation");
        }

        @Override
        public void abortJob(UUID guest) {
            answer();
        }

        @Override
        public Optional<JobProgress> progress(UUID guest) {
            answer();
            return Optional.empty();
        }

        @Override
        public boolean isIncoming(UUID guest) {
            answer();
            return false;
        }

        @Override
        public OptionalLong stoodStillSince(UUID guest) {
            return OptionalLong.empty();
        }
    }
}
