package dev.unkai.cloud.placement;

import java.util.UUID;

/** How a search for a host ended. */
public sealed interface Placed {
    /** The host is found and the claim on it stands in this transaction. */
    record On(UUID host, String hostName, String zone) implements Placed {}

    /** No host can take the server as hosts are now; the sentence says what is short. */
    record Nowhere(String sentence) implements Placed {}

    /** Hosts that could take it are silent at present; it is worth waiting for them. */
    record Later(String sentence) implements Placed {}
}
