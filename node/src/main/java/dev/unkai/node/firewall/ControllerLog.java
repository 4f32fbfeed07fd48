package dev.unkai.node.firewall;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks ovn-controller to open its log anew, by its control socket: {@code ovn-controller.PID.ctl} in its run directory. */
public final class ControllerLog implements FirewallLog.Reopen {
    private static final int PATIENCE_SECONDS = 10;

    private final Path directory;

    public ControllerLog(Path directory) {
        this.directory = directory;
    }

    @Override
    public void reopen() throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "ovn-controller.*.ctl")) {
            for (Path socket : sockets) { // those of controllers that are gone do not answer
                if (answers(socket)) {
                    return;
                }
            }
        }
        throw new IOException("no ovn-controller answers in " + directory);
    }

    private static boolean answers(Path socket) throws IOException {
        Process process = new ProcessBuilder("ovs-appctl", "--timeout=5", "-t", socket.toString(), "vlog/reopen")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
