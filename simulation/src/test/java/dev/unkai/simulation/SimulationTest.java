package dev.unkai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.simulation.Simulation.Outcome;
import dev.unkai.simulation.Simulation.Size;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, in whatever order: a failure's message says how to see it again. */
class SimulationTest {
    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(Simulation.small(7).run(600)).isEqualTo(Simulation.small(7).run(600));
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(Simulation.small(8).run(50).hash())
                .isNotEqualTo(Simulation.small(9).run(50).hash());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fewHostsEndAsTheyShould(long seed) {
        Outcome outcome = Simulation.small(seed).run(2_000);
        assertThat(outcome.steps()).isGreaterThanOrEqualTo(2_000);
        assertThat(outcome.events()).isPositive();
    }

    /** No two builds try the same. One that fails says with which seed, and how to see it again. */
    @Test
    void aNewSeedEndsAsItShould() {
        long seed = ThreadLocalRandom.current().nextLong(1L << 40);
        assertThat(Simulation.small(seed).run(2_500).steps())
                .as("seed %d", seed)
                .isGreaterThanOrEqualTo(2_500);
    }

    @Test
    void hundredsOfHostsEndAsTheyShould() {
        Outcome outcome = Simulation.of(20261125, new Size(3, 200, 50)).run(2_500);
        assertThat(outcome.steps()).isGreaterThanOrEqualTo(2_500);
    }
}
