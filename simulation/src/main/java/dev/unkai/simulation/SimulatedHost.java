package dev.unkai.simulation;

import dev.unkai.wire.node.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A machine for guests: its disk and its domains outlive its node process. */
final class SimulatedHost {
    static final int VCPUS = 8;
    static final int MEMORY_MIB = 8_192;
    static final int DISK_GIB = 60;

    private static final Pattern LEFT_OVER = Pattern.compile(
            "captures/.*|trash/.*|guests/[^/]+/(departing[.]qcow2|memory[.]used|.*[.]next)|images/.*[.]part");

    private final World world;
    private final UUID id;
    private final String name;
    private final Path files;
    private final SimulatedClock clock;
    private final SimulatedHypervisor hypervisor;
    private @Nullable NodeProcess node;
    /** Some nodes are a version behind: they start a guest as soon as they are told of it. */
    private final int protocol;

    private final boolean software;

    private boolean powered;
    private int lives;
    private long cutOffUntil;

    SimulatedHost(World world, UUID id, String name, Path files) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.files = files;
        this.protocol = world.chance().happens(0.2) ? 1 : world.chance().happens(0.2) ? 2 : 4;
        this.software = world.chance().happens(0.3);
        this.clock = new SimulatedClock(world.agenda());
        this.hypervisor = new SimulatedHypervisor(world, this);
    }

    UUID id() {
        return id;
    }

    /** Whether guests run in software here, so that they stand still while their memory goes to another host. */
    boolean stopsToCopy() {
        return software;
    }

    int protocol() {
        return protocol;
    }

    Path files() {
        return files;
    }

    SimulatedClock clock() {
        return clock;
    }

    SimulatedHypervisor hypervisor() {
        return hypervisor;
    }

    static HostFacts facts() {
        return HostFacts.newBuilder()
                .setVcpus(VCPUS)
                .setMemoryMib(MEMORY_MIB)
                .setDiskGib(DISK_GIB)
                .setAcceleration("kvm")
                .setNodeVersion("simulation")
                .build();
    }

    /** The node process starts, on a host that is off after the power is back. */
    void start() {
        powered = true;
        if (node == null) {
            node = new NodeProcess(world, this, new Life(name + "." + ++lives));
        }
    }

    boolean isUp() {
        return powered && node != null;
    }

    /** The node process that lives here, or null. */
    @Nullable
    NodeProcess node() {
        return node;
    }

    /** Its node process is no more; the guests run on. */
    void nodeDied() {
        node = null;
    }

    /** Everything on it stops at once. */
    void losePower() {
        powered = false;
        hypervisor.powerLoss();
        if (node != null) {
            node.life().end();
            node = null;
        }
    }

    void kill() {
        if (node != null) {
            node.life().end();
        }
    }

    @Nullable
    Life life() {
        return node == null ? null : node.life();
    }

    void cutOff(long millis) {
        cutOffUntil = world.agenda().now() + millis;
    }

    void rejoin() {
        cutOffUntil = 0;
    }

    boolean isCutOff() {
        return world.agenda().now() < cutOffUntil;
    }

    /** When what is said now is heard at the earliest. */
    long heardFrom() {
        return cutOffUntil;
    }

    /** The guests that have files here. */
    Set<UUID> disks() {
        Path guests = files.resolve("guests");
        if (!Files.isDirectory(guests)) {
            return Set.of();
        }
        try (var found = Files.list(guests)) {
            return found.map(each -> UUID.fromString(each.getFileName().toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the memory of a suspended guest lies here. */
    boolean keepsMemory(UUID guest) {
        return Files.exists(files.resolve("guests").resolve(guest.toString()).resolve("memory"));
    }

    /** Files that are only there while something is under way. */
    List<Path> leftOvers() {
        try (var found = Files.walk(files)) {
            return found.filter(each ->
                            LEFT_OVER.matcher(files.relativize(each).toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
