package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The APIs as Debian's unmodified Tempest finds them. {@code ./unkai test interop} runs the whole list. */
@ExtendWith(RunningSite.class)
class InteropTest {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @Test
    void everySmokeTestOfTheInteroperabilityListPasses(Site site) {
        Command tempest = Command.run(
                LIMIT,
                Map.of(),
                Site.REPOSITORY,
                "rack/src/test/resources/interop/interop.py",
                "--data",
                site.data().toString(),
                "--out",
                "rack/target/interop",
                "--smoke");

        assertThat(tempest.status()).as(tempest.output() + tempest.errors()).isZero();
        assertThat(tempest.output().strip()).matches("([1-9][0-9]*)/\\1");
    }
}
