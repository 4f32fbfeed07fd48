package dev.unkai.node.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.hypervisor.FakeHypervisor;
import dev.unkai.node.hypervisor.JobProgress;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest that runs in software is stopped before its memory is gone through a second time. */
class SoftwareStopTest {
    private static final long MIB = 1L << 20;
    private static final long ALL = 512 * MIB;

    private final UUID guest = UUID.randomUUID();
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final SoftwareStop stop = new SoftwareStop(guest, hypervisor);

    @BeforeEach
    void run() {
        hypervisor.run(guest);
    }

    @Test
    void itRunsWhileItsDiskGoes() {
        stop.look(new JobProgress(1024 * MIB, 10 * MIB, 1014 * MIB, 0, 0, 0, 0));
        assertThat(hypervisor.done).isEmpty();
        assertThat(stop.isDone()).isFalse();
    }

    @Test
    void itIsStoppedAsSoonAsItsMemoryGoesAndOnce() {
        look(500, 1);
        look(400, 1);
        look(3, 2);
        assertThat(hypervisor.done).containsExactly("pause " + guest);
        assertThat(stop.isDone()).isTrue();
        assertThat(stop.wasLate()).isFalse();
    }

    @Test
    void oneThatRunsInTheSecondPassIsNotBroughtOver() {
        look(3, 2);
        assertThat(hypervisor.done).containsExactly("abort " + guest);
        assertThat(stop.wasLate()).isTrue();
    }

    @Test
    void oneThatQemuStopsByItselfAtTheEndOfTheFirstPassGoesOver() {
        hypervisor.halt(guest);
        look(0, 2);
        assertThat(hypervisor.done).isEmpty();
        assertThat(stop.isDone()).isTrue();
        assertThat(stop.wasLate()).isFalse();
    }

    @Test
    void oneThatWasStoppedAboutTheEndOfTheFirstPassIsNotBroughtOverEither() {
        hypervisor.job(seen(2, 2));
        look(5, 1);
        assertThat(hypervisor.done).containsExactly("pause " + guest, "abort " + guest);
        assertThat(stop.wasLate()).isTrue();
    }

    private void look(long remainingMib, long pass) {
        stop.look(seen(remainingMib, pass));
    }

    private static JobProgress seen(long remainingMib, long pass) {
        long left = remainingMib * MIB;
        return new JobProgress(ALL, ALL - left, left, ALL, ALL - left, left, pass);
    }
}
