package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.LongWork;
import dev.unkai.node.host.Acceleration;
import dev.unkai.node.host.QemuImg;
import dev.unkai.node.hypervisor.FakeHypervisor;
import dev.unkai.node.image.ImageCache;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One guest on a host of its own for a test, whose node can be restarted: nothing is remembered then but what is on disk. */
abstract class OneGuest {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path state;

    final UUID id = UUID.randomUUID();
    final FakeHypervisor hypervisor = new FakeHypervisor();
    final SteppedClock clock = new SteppedClock();
    final SteppedWork longWork = new SteppedWork();
    final List<GuestReport> reports = new ArrayList<>();
    final LinkedBlockingQueue<UUID> woken = new LinkedBlockingQueue<>();
    byte[] image = new byte[1024 * 1024];
    byte[] sent = image;
    IOException fetchFailure;
    final StoredCaptures stored = new StoredCaptures();
    final FakeMoves moves = new FakeMoves();
    GuestFiles files;
    GuestReconciler reconciler;
    long plan;

    @BeforeEach
    void setUp() throws Exception {
        files = new GuestFiles(state, "root");
        reconciler = restarted();
    }

    /** As after a restart of the node: nothing remembered but what is on disk. */
    GuestReconciler restarted() throws Exception {
        ImageCache images = new ImageCache(
                state,
                (image, sink) -> {
                    if (fetchFailure != null) {
                        throw fetchFailure;
                    }
                    sink.accept(sent);
                },
                () -> Long.MAX_VALUE,
                Set::of,
                clock,
                work -> Thread.ofVirtual().start(work));
        return new GuestReconciler(
                id,
                new GuestWorkshop(
                        hypervisor,
                        files,
                        images,
                        new QemuImg(),
                        longWork,
                        new GuestCaptures(state, files, hypervisor, stored, new QemuImg(), longWork, woken::add),
                        moves,
                        new DomainDocument(new Acceleration(false, ""), "br-int", true, false),
                        PATIENCE,
                        clock,
                        reports::add,
                        woken::add));
    }

    void want(Guest.Builder guest) {
        reconciler.want(guest.build(), ++plan);
    }

    /** Steps until nothing is left to do or time would have to pass. */
    void settle(Guest.Builder guest) throws Exception {
        want(guest);
        Next next = prepared(reconciler.step());
        if (next instanceof Next.After && reconciler.report().getFault().isEmpty()) {
            prepared(reconciler.step());
        }
    }

    Next prepared(Next first) throws Exception {
        Next next = first;
        while (reconciler.report().getState() == GuestState.PREPARING && next instanceof Next.Idle) {
            assertThat(woken.poll(10, TimeUnit.SECONDS)).isEqualTo(id);
            next = reconciler.step();
        }
        return next;
    }

    Guest.Builder guest() throws Exception {
        return Guest.newBuilder()
                .setId(id.toString())
                .setGeneration(1)
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(64)
                .setDisk(disk());
    }

    Disk.Builder disk() throws Exception {
        return Disk.newBuilder()
                .setImageId("image")
                .setImageFormat("raw")
                .setImageSize(image.length)
                .setImageSha512(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(image)))
                .setSizeGib(1);
    }

    /** Time that passes when it is told to. */
    static final class SteppedClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** On threads, by a time of their own that passes as said. */
    static final class SteppedWork implements LongWork {
        private Duration passed = Duration.ZERO;

        void pass(Duration time) {
            passed = passed.plus(time);
        }

        @Override
        public Thread thread(String name, Runnable work) {
            return ON_THREADS.thread(name, work);
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            ON_THREADS.sleep(time);
        }

        @Override
        public long nanoTime() {
            return passed.toNanos();
        }
    }
}
