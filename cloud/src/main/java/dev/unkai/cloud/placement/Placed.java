package dev.unkai.cloud.placement;

import java.util.UUID;

/** How a search for a host ended. */
public sealed interface Placed {
    /** The host is found and the claim on it stands in this transaction. */
    record On(UUID host, String hostName, String zone) implements Placed {}

    /**
     * No host can take the server as hosts are now.
     *
     * @param shortage a word for what is short: owner, zone, host, firmware, node, maintenance, company, memory, vcpus, disk, or hosts
     * @param sentence what its owner is told, with what to do; nothing of how much room the provider has
     * @param found the same for the provider, with figures
     */
    record Nowhere(String shortage, String sentence, String found) implements Placed {}

    /** Hosts that could take it are silent at present; it is worth waiting for them. */
    record Later(String sentence) implements Placed {}
}
