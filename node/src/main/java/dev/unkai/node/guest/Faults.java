package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.HypervisorException;
import java.io.IOException;

/** Turns what the machine says into sentences that a customer can read. */
final class Faults {
    private Faults() {}

    static String sentence(HypervisorException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("Disk quota")) {
            return "The host's disk is full. The server goes on as soon as there is space.";
        }
        if (message.contains("ovs-vsctl")
                || message.contains("Unable to add port")
                || message.contains("Cannot get interface")) {
            return "The host's network cannot take the server's port now; the node goes on trying.";
        }
        if (message.contains("Cannot allocate memory") || message.contains("cannot set up guest memory")) {
            return "The host has not enough free memory for the server; the node goes on trying.";
        }
        if (message.contains("Permission denied")) {
            return "The host does not let the hypervisor use the server's files; the operator finds details in the node's log.";
        }
        return "The hypervisor did not start the server: " + firstLine(message);
    }

    static GuestFault image(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("The image")) {
            return new GuestFault(message, e);
        }
        return GuestFiles.fault("The server's image cannot be fetched", e);
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("no reason given");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
