package dev.unkai.simulation;

import dev.unkai.node.migration.ArrivalDoor;
import dev.unkai.node.migration.Arrivals;
import dev.unkai.node.migration.Channel;
import dev.unkai.node.migration.MigrationPeer;
import dev.unkai.wire.node.Departure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The node at a migration's target, over a network that is slow, breaks off, and loses answers to what was done. */
final class SimulatedPeer implements MigrationPeer {
    /** As the real one waits for an answer. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final World world;
    private final SimulatedHost source;
    private final Life life;
    private final SimulatedThreads threads;
    private final Departure departure;
    private final UUID guest;

    SimulatedPeer(
            World world, SimulatedHost source, Life life, SimulatedThreads threads, Departure departure, UUID guest) {
        this.world = world;
        this.source = source;
        this.life = life;
        this.threads = threads;
        this.departure = departure;
        this.guest = guest;
    }

    /** What the target's node does when it is spoken to. */
    private interface Deed {
        String done(Arrivals arrivals) throws IOException;
    }

    @Override
    public String ask(Channel channel) throws IOException {
        return call(
                channel.name(),
                arrivals -> ArrivalDoor.ask(arrivals, source.id(), guest, departure.getAttempt(), channel));
    }

    @Override
    public void send(String name, InputStream bytes, long size, LongConsumer progress) throws IOException {
        byte[] disk = bytes.readAllBytes();
        sleep(Duration.ofMillis(world.workMillis()));
        progress.accept(disk.length / 2);
        sleep(Duration.ofMillis(world.workMillis()));
        progress.accept(disk.length);
        int arrives = world.chance().happens(world.faults().lost()) ? disk.length / 2 : disk.length;
        call(("DISK " + name).strip(), arrivals -> {
            ArrivalDoor.disk(arrivals, source.id(), guest, departure.getAttempt(), name, disk, arrives);
            return "";
        });
    }

    @Override
    public Way way() throws IOException {
        NodeProcess node = node();
        return new Open(node.endpoint());
    }

    /** The way is the target's node itself: the hypervisors find each other by its address. */
    private record Open(String control) implements Way {
        @Override
        public String memory() {
            return control;
        }

        @Override
        public String blocks() {
            return control;
        }

        @Override
        public void close() {}
    }

    private NodeProcess node() throws IOException {
        if (source.isCutOff()) {
            sleep(CONNECT);
            throw new IOException("connect timed out (by the simulation)");
        }
        NodeProcess node = world.nodeAt(departure.getEndpoint());
        if (node == null || node.host().isCutOff()) {
            sleep(node == null ? Duration.ofMillis(1) : CONNECT);
            throw new IOException("the target's node cannot be reached (by the simulation)");
        }
        if (!node.host().id().toString().equals(departure.getTargetHostId())) {
            throw new IOException("The node at the other end is not that of the target");
        }
        return node;
    }

    private String call(String what, Deed deed) throws IOException {
        NodeProcess node = node();
        Answer answer = new Answer(SimulatedThreads.pause());
        boolean asked = !world.chance().happens(world.faults().lost());
        boolean answered = !world.chance().happens(world.faults().lost());
        if (asked) {
            String name = node.life() + " is asked by " + source + ": " + what + " " + Words.of(guest);
            world.agenda().in(delay(), node.life(), name, () -> {
                try {
                    answer.text = deed.done(node.arrivals());
                } catch (IOException e) {
                    world.trace().add(world.agenda().now(), "  refused: " + e.getMessage());
                    answer.text = "refused: " + e.getMessage();
                } catch (RuntimeException e) {
                    // the connection's thread ends by it, and with it the connection
                    world.trace().add(world.agenda().now(), "  broke off: " + e.getMessage());
                    answer.text = "broke off: " + e.getMessage();
                }
                if (answered) {
                    world.agenda().in(delay(), life, life + " hears the answer", answer.pause::end);
                }
            });
        }
        world.agenda().in(ANSWER.toMillis(), life, life + " waits no longer for an answer", answer.pause::end);
        answer.pause.await();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("it was given up");
        }
        String text = answer.text;
        if (text == null || !answered) {
            throw new IOException("no answer came (by the simulation)");
        }
        if (text.startsWith("refused: ") || text.startsWith("broke off: ")) {
            throw new IOException(text);
        }
        return text;
    }

    private static final class Answer {
        private final SimulatedThreads.Pause pause;
        private @Nullable String text;

        Answer(SimulatedThreads.Pause pause) {
            this.pause = pause;
        }
    }

    private long delay() {
        return world.chance().happens(world.faults().late())
                ? world.chance().around(4_000)
                : 1 + world.chance().around(2);
    }

    private void sleep(Duration time) throws IOException {
        try {
            threads.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was given up", e);
        }
    }
}
