package dev.unkai.node.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.hypervisor.FakeHypervisor;
import dev.unkai.node.hypervisor.JobProgress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest that runs in software is stopped before its memory is gone through a second time. */
class SoftwareStopTest {
    private static final long MIB = 1L << 20;
    private static final long ALL = 512 * MIB;

    private final UUID guest = UUID.randomUUID();
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final AtomicLong nanos = new AtomicLong();
    private final SoftwareStop stop = new SoftwareStop(guest, hypervisor, false, nanos::get);

    @BeforeEach
    void run() {
        hypervisor.run(guest);
    }

    @Test
    void itRunsWhileItsDiskGoesAndWhileMuchOfItsMemoryIsLeft() {
        stop.look(new JobProgress(1024 * MIB, 10 * MIB, 1014 * MIB, 0, 0, 0, 0));
        look(500, 1);
        look(490, 1);
        look(480, 1);
        assertThat(hypervisor.done).isEmpty();
        assertThat(stop.isDone()).isFalse();
    }

    @Test
    void itIsStoppedHalfASecondBeforeTheEndOfTheFirstPass() {
        look(400, 1);
        look(380, 1); // 20 MiB in 100 ms: 100 MiB in half a second
        look(360, 1);
        assertThat(hypervisor.done).isEmpty();
        look(345, 1);
        look(330, 1);
        look(80, 1);
        assertThat(hypervisor.done).containsExactly("pause " + guest);
        assertThat(stop.isDone()).isTrue();
        assertThat(stop.wasLate()).isFalse();
    }

    @Test
    void aStretchOfEmptyPagesDoesNotStopItForLong() {
        look(500, 1);
        look(440, 1); // 60 MiB in 100 ms: 300 MiB in half a second
        for (int left = 435; left > 300; left -= 5) {
            look(left, 1);
        }
        assertThat(hypervisor.done).isEmpty();
    }

    @Test
    void whatGoesSlowlyIsStoppedWithLittleLeft() {
        look(40, 1);
        look(38, 1);
        look(36, 1);
        assertThat(hypervisor.done).isEmpty();
        look(23, 1);
        assertThat(hypervisor.done).containsExactly("pause " + guest);
    }

    @Test
    void oneThatRunsInTheSecondPassIsNotBroughtOver() {
        look(400, 1);
        look(3, 2);
        assertThat(hypervisor.done).containsExactly("abort " + guest);
        assertThat(stop.wasLate()).isTrue();
        assertThat(stop.wasBrief()).isTrue();
    }

    @Test
    void itIsTheirMachineThatIsSlowWhenMemoryTookLong() {
        for (int left = 400; left > 200; left -= 10) {
            look(left, 1);
        }
        look(3, 2);
        assertThat(stop.wasLate()).isTrue();
        assertThat(stop.wasBrief()).isFalse();
    }

    @Test
    void oneThatQemuStopsByItselfAtTheEndOfTheFirstPassGoesOver() {
        look(400, 1);
        hypervisor.halt(guest);
        look(0, 2);
        assertThat(hypervisor.done).isEmpty();
        assertThat(stop.isDone()).isTrue();
        assertThat(stop.wasLate()).isFalse();
    }

    @Test
    void oneThatWasStoppedAboutTheEndOfTheFirstPassIsNotBroughtOverEither() {
        look(400, 1);
        hypervisor.job(seen(2, 2));
        look(5, 1);
        assertThat(hypervisor.done).containsExactly("pause " + guest, "abort " + guest);
        assertThat(stop.wasLate()).isTrue();
    }

    @Test
    void theTryAfterThatStopsItAsSoonAsItsMemoryGoes() {
        SoftwareStop second = new SoftwareStop(guest, hypervisor, true, nanos::get);
        second.look(seen(500, 1));
        assertThat(hypervisor.done).containsExactly("pause " + guest);
        second.look(seen(3, 2));
        assertThat(second.wasLate()).isFalse();
    }

    private void look(long remainingMib, long pass) {
        nanos.addAndGet(100_000_000);
        stop.look(seen(remainingMib, pass));
    }

    private static JobProgress seen(long remainingMib, long pass) {
        long left = remainingMib * MIB;
        return new JobProgress(ALL, ALL - left, left, ALL, ALL - left, left, pass);
    }
}
