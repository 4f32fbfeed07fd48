package dev.unkai.node.hypervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hypervisor in memory that can be told to fail, and that notices what a real one would: a second instance of a guest. */
public final class FakeHypervisor implements Hypervisor {
    private static final Pattern UUID_ELEMENT = Pattern.compile("<uuid>([^<]+)</uuid>");
    private static final Pattern PORT = Pattern.compile("interfaceid='([^']+)'");

    private final Map<UUID, RunningGuest> running = new TreeMap<>();

    /** What was done, in order, as "start ID" and so on. */
    public final List<String> done = new ArrayList<>();

    /** The disks of which a copy was made, such as vda. */
    public final List<String> backedUp = new CopyOnWriteArrayList<>();

    private final Deque<JobProgress> jobs = new ArrayDeque<>();
    private boolean down;
    private boolean broken;
    private String refusal = "";
    private boolean deaf;
    private boolean losesAnswers;

    /** From now on nothing answers, until {@link #heal}. */
    public void goDown() {
        down = true;
    }

    /** From now on whoever asks finds its own program broken, until {@link #heal}. */
    public void breakProgram() {
        broken = true;
    }

    /** The next calls that change something fail with this message, until {@link #heal}. */
    public void refuse(String message) {
        refusal = message;
    }

    /** Guests do not hear the power button. */
    public void makeGuestsDeaf() {
        deaf = true;
    }

    public void heal() {
        down = false;
        broken = false;
        refusal = "";
    }

    /** Guests that go elsewhere do, but who sends them does not hear it. */
    public void loseAnswers() {
        losesAnswers = true;
    }

    /** A guest runs. */
    public void run(UUID guest) {
        running.put(guest, new RunningGuest(guest, 0, false, Set.of()));
    }

    /** What is answered of a guest's job, one after the other. */
    public void job(JobProgress... seen) {
        jobs.addAll(List.of(seen));
    }

    /** A guest's process goes away without this node's doing. */
    public void end(UUID guest) {
        running.remove(guest);
    }

    public void halt(UUID guest) {
        RunningGuest now = running.get(guest);
        running.put(guest, new RunningGuest(guest, now.boot(), true, now.ports()));
    }

    @Override
    public List<RunningGuest> running() {
        answer();
        return List.copyOf(running.values());
    }

    @Override
    public Optional<RunningGuest> find(UUID guest) {
        answer();
        return Optional.ofNullable(running.get(guest));
    }

    @Override
    public void start(String domainXml) {
        change();
        Matcher id = UUID_ELEMENT.matcher(domainXml);
        if (!id.find()) {
            throw new HypervisorException("XML error: no uuid");
        }
        UUID guest = UUID.fromString(id.group(1));
        Set<String> ports = new HashSet<>();
        Matcher port = PORT.matcher(domainXml);
        while (port.find()) {
            ports.add(port.group(1));
        }
        long boot = GuestMark.boot(domainXml).orElseThrow();
        if (running.putIfAbsent(guest, new RunningGuest(guest, boot, false, ports)) != null) {
            throw new AssertionError("a second instance of " + guest);
        }
        done.add("start " + guest);
    }

    @Override
    public void pressPowerButton(UUID guest) {
        change();
        done.add("press " + guest);
        if (!deaf) {
            running.remove(guest);
        }
    }

    @Override
    public void pause(UUID guest) {
        change();
        done.add("pause " + guest);
        halt(guest);
    }

    @Override
    public void save(UUID guest, Path file) {
        change();
        RunningGuest now = running.get(guest);
        try {
            Files.writeString(file, "LibvirtQemudSave " + guest + " " + now.boot());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running.remove(guest);
        done.add("save " + guest);
    }

    @Override
    public void restore(Path file) {
        change();
        try {
            String[] saved = Files.readString(file).split(" ");
            UUID guest = UUID.fromString(saved[1]);
            if (running.putIfAbsent(guest, new RunningGuest(guest, Long.parseLong(saved[2]), false, Set.of()))
                    != null) {
                throw new AssertionError("a second instance of " + guest);
            }
            done.add("restore " + guest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void resume(UUID guest) {
        change();
        done.add("resume " + guest);
        RunningGuest now = running.get(guest);
        running.put(guest, new RunningGuest(guest, now.boot(), false, now.ports()));
    }

    @Override
    public void destroy(UUID guest) {
        answer();
        if (running.containsKey(guest)) {
            change();
            running.remove(guest);
            done.add("destroy " + guest);
        }
    }

    @Override
    public void attachDevice(UUID guest, String deviceXml) {
        change();
        RunningGuest now = running.get(guest);
        Set<String> ports = new HashSet<>(now.ports());
        Matcher port = PORT.matcher(deviceXml);
        port.find();
        ports.add(port.group(1));
        running.put(guest, new RunningGuest(guest, now.boot(), now.halted(), ports));
    }

    @Override
    public void detachPort(UUID guest, String portId) {
        change();
        RunningGuest now = running.get(guest);
        Set<String> ports = new HashSet<>(now.ports());
        ports.remove(portId);
        running.put(guest, new RunningGuest(guest, now.boot(), now.halted(), ports));
    }

    @Override
    public void dumpMemory(UUID guest, Path file) {
        if (find(guest).isEmpty()) {
            throw new HypervisorException("domain is not running");
        }
        try {
            java.nio.file.Files.writeString(file, "memory of " + guest);
        } catch (java.io.IOException e) {
            throw new HypervisorException(e.toString());
        }
    }

    @Override
    public Optional<String> document(UUID guest) {
        return find(guest).map(running -> "<domain><uuid>" + guest + "</uuid></domain>");
    }

    @Override
    public void migrate(UUID guest, MigrationRoute route) {
        change();
        running.remove(guest);
        done.add("migrate " + guest);
        if (losesAnswers) {
            throw new HypervisorException("End of file while reading data: Input/output error");
        }
    }

    @Override
    public void abortJob(UUID guest) {
        answer();
        done.add("abort " + guest);
    }

    @Override
    public Optional<JobProgress> progress(UUID guest) {
        return Optional.ofNullable(jobs.poll());
    }

    @Override
    public boolean isIncoming(UUID guest) {
        return false;
    }

    @Override
    public OptionalLong stoodStillSince(UUID guest) {
        return OptionalLong.empty();
    }

    @Override
    public void backUp(UUID guest, String target, Path file) {
        change();
        if (!running.containsKey(guest)) {
            throw new HypervisorException("The guest does not run any more");
        }
        done.add("back up " + guest);
        backedUp.add(target);
    }

    private void answer() {
        if (broken) {
            throw new NoClassDefFoundError("org/libvirt/Domain");
        }
        if (down) {
            throw new HypervisorUnavailable("libvirt on this host does not answer");
        }
    }

    private void change() {
        answer();
        if (!refusal.isEmpty()) {
            throw new HypervisorException(refusal);
        }
    }
}
