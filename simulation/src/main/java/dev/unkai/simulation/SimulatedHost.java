package dev.unkai.simulation;

import dev.unkai.wire.node.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A machine for guests: its disk and its domains outlive its node process. */
final class SimulatedHost {
    static final int VCPUS = 8;
    static final int MEMORY_MIB = 8_192;
    static final int DISK_GIB = 60;

    private final World world;
    private final UUID id;
    private final String name;
    private final Path files;
    private final SimulatedClock clock;
    private final SimulatedHypervisor hypervisor;
    private @Nullable NodeProcess node;
    /** Some nodes are a version behind: they start a guest as soon as they are told of it. */
    private final int protocol;

    private boolean powered;
    private int lives;
    private long cutOffUntil;

    SimulatedHost(World world, UUID id, String name, Path files) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.files = files;
        this.protocol = world.chance().happens(0.2) ? 1 : 2;
        this.clock = new SimulatedClock(world.agenda());
        this.hypervisor = new SimulatedHypervisor(world, this);
    }

    UUID id() {
        return id;
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

    boolean isLifeOf(Life life) {
        return node != null && node.life() == life;
    }

    /** Its node process is no more; the guests run on. */
    void nodeDied() {
        node = null;
    }

    /** Everything on it stops at once. */
    void losePower() {
        powered = false;
        hypervisor.powerLoss();
        world.stopped(this);
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

    @Override
    public String toString() {
        return name;
    }
}
