package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The two commands of the README, beside a site that is running already. */
@ExtendWith(RunningSite.class)
class LauncherTest {
    private static final int PORT = 18_543;

    @Test
    void processesRunOnWhatWasLearntOfTheirBuild(Site site) throws IOException {
        for (String process : List.of("identity", "ledger", "cloud", "node")) {
            Path memory = Path.of(
                    "/proc",
                    Files.readString(site.data().resolve("run/" + process + ".pid"))
                            .strip(),
                    "maps");
            assertThat(Files.readString(memory)).as(process).contains("/" + process + ".aot");
        }
    }

    @Test
    void aSecondUpFindsEverythingAgainAlsoAccountsFromABackupAndTwoDirectoriesDoNotDisturbEachOther(
            Site first, @TempDir Path folder) throws IOException {
        Api elsewhere = Api.as(first, "sample-shared");
        Network network = elsewhere.network(Api.unique("beside"), "10.90.0.0/24");
        String neighbour = elsewhere.server(Api.unique("beside"), null, List.of(elsewhere.port(network, "10.90.0.5")));
        elsewhere.awaitStatus(neighbour, "ACTIVE");
        String untouched = Qemu.of(neighbour);

        try (Site second = Site.up("second", Site.freePorts(PORT))) {
            Api api = Api.as(second, "sample-dedicated");
            Network own = api.network(Api.unique("again"), "10.90.0.0/24");
            String server = api.server("again", null, List.of(api.port(own, "10.90.0.5")));
            api.awaitStatus(server, "ACTIVE");
            String process = Qemu.of(server);

            second.stop("--keep-guests");
            assertThat(Qemu.of(server)).as("kept").isEqualTo(process).isNotEmpty();
            second.start();
            assertThat(Api.as(second, "sample-dedicated").status(server)).isEqualTo("ACTIVE");
            assertThat(Qemu.of(server)).as("found again, not started again").isEqualTo(process);

            ExpiryWalk.run(second, folder);
            String backup = second.backup();
            second.stop();
            assertThat(Qemu.of(server)).isEmpty();
            second.restore(backup);
            BreakGlassWalk.require(second);
            second.start();
            Api.as(second, "sample-dedicated").awaitStatus(server, "ACTIVE");
            assertThat(Qemu.of(server)).isNotEmpty();
            assertThat(api.get("/compute/v2.1/servers").status())
                    .as("with a token of before the accounts were restored")
                    .isEqualTo(401);
            BreakGlassWalk.run(second, "sample-dedicated");
        }

        assertThat(Qemu.of(neighbour)).as("the first site's guest").isEqualTo(untouched);
        assertThat(elsewhere.status(neighbour)).isEqualTo("ACTIVE");
        elsewhere.delete("/compute/v2.1/servers/" + neighbour).expect(204);
        elsewhere.awaitStatus(neighbour, "GONE");
    }

    @Test
    void aTakenPortIsSaidInASentence(@TempDir Path data) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Command up = Command.run(
                    Duration.ofMinutes(2),
                    Map.of("LC_ALL", "C.UTF-8"),
                    Site.REPOSITORY,
                    "./unkai",
                    "up",
                    "--yes",
                    "--detach",
                    "--data",
                    data.toString(),
                    "--port",
                    String.valueOf(taken.getLocalPort()));

            assertThat(up.status()).isNotZero();
            assertThat(up.output() + up.errors())
                    .contains(String.valueOf(taken.getLocalPort()))
                    .contains("--port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void theSampleCloudsAnswerTheClientAtOnce(Site site) {
        for (String cloud : List.of("operator", "sample-shared", "sample-dedicated")) {
            site.openstack(cloud, "server", "list").succeeded();
        }
        assertThat(site.openstack("operator", "hypervisor", "list").succeeded()).contains("up");
    }
}
