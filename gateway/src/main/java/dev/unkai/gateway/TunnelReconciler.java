package dev.unkai.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every other second: what tunnels there are, to identity; which must go, to the control loop of the VPN server, which cuts them. While
 * identity does not answer, those who are in stay in, save who had to go before.
 */
final class TunnelReconciler {
    private static final Logger log = LoggerFactory.getLogger(TunnelReconciler.class);
    private static final long PERIOD_MILLIS = 1_500;

    private final IdentityLink identity;
    private final Path seen;
    private final Path unwanted;
    private FileTime last = FileTime.fromMillis(0);
    private String complaint = "";

    TunnelReconciler(IdentityLink identity, Path seen, Path unwanted) {
        this.identity = identity;
        this.seen = seen;
        this.unwanted = unwanted;
    }

    void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                step();
                complaint = "";
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException | Error e) {
                complain(e);
                pause();
            }
        }
    }

    /** Does nothing while the control loop has shown nothing new: an old picture could bring a tunnel back that is gone. */
    void step() throws IOException, InterruptedException {
        FileTime shown;
        String status;
        try {
            shown = Files.getLastModifiedTime(seen);
            if (shown.equals(last)) {
                return;
            }
            status = Files.readString(seen);
        } catch (NoSuchFileException e) {
            return; // the VPN server has not started yet
        }
        List<String> mustGo = identity.reconcile(ServerStatus.read(status));
        Path fresh = unwanted.resolveSibling(unwanted.getFileName() + ".new");
        Files.writeString(fresh, mustGo.isEmpty() ? "" : String.join("\n", mustGo) + "\n");
        Files.move(fresh, unwanted, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        last = shown;
    }

    private void complain(Throwable e) {
        if (!e.toString().equals(complaint)) {
            complaint = e.toString();
            log.warn("The tunnels could not be compared with what shall be; trying again: {}", complaint);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
