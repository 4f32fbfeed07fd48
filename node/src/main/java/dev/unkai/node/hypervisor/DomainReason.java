package dev.unkai.node.hypervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Asks libvirt's own tool why a domain is in its state: "paused (migrating)" while it comes, "paused (user)" once it is whole. */
final class DomainReason {
    private static final String VIRSH = "/usr/bin/virsh";

    private DomainReason() {}

    static String of(String uri, UUID guest) {
        try {
            Process process = new ProcessBuilder(VIRSH, "-q", "-c", uri, "domstate", "--reason", guest.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new HypervisorException("The state of guest " + guest + " is not known: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new HypervisorException("virsh cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException("interrupted", e);
        }
    }
}
