package dev.unkai.cloud.network.ovsdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real ovsdb-server of the test's own, with the OVN northbound schema and private sockets; it can be killed and started again. */
public final class OvsdbServer implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/ovn/ovn-nb.ovsschema");

    private final Path directory;
    private final Path socket;
    private Process process;

    public OvsdbServer(Path directory) {
        this.directory = directory;
        this.socket = directory.resolve("nb.sock");
        createDatabase();
        start();
    }

    public OvsdbAddress address() {
        return new OvsdbAddress.Unix(socket);
    }

    public void start() {
        process = command("ovsdb-server", "--remote=punix:" + socket, "--unixctl=" + directory.resolve("ctl"), "nb.db");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    /** Ends the server as a crash would. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets everything that was stored; the server must be down. */
    public void lose() {
        try {
            Files.delete(directory.resolve("nb.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        createDatabase();
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers() {
        try (OvsdbConnection connection = OvsdbConnection.open(address(), null, Duration.ofSeconds(2))) {
            connection.echo();
            return true;
        } catch (OvsdbUnavailable e) {
            return false;
        }
    }

    private void createDatabase() {
        try {
            int status =
                    command("ovsdb-tool", "create", "nb.db", SCHEMA.toString()).waitFor();
            if (status != 0) {
                throw new IllegalStateException("ovsdb-tool ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("OVS_RUNDIR", directory.toString());
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Install ovn-central and openvswitch-common for this test", e);
        }
    }
}
