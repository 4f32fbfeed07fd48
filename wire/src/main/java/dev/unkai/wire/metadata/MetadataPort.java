package dev.unkai.wire.metadata;

/**
 * Where guests of a network find the metadata service: an OVN localport (ovn-nb(5)) that the cloud puts on the network's switch, and that
 * every host with guests on the network plugs in for itself. Both sides name it by this, so that neither has to tell the other.
 */
public final class MetadataPort {
    /** As EC2 and OpenStack have it (cloud-init's data sources ask here). */
    public static final String ADDRESS = "169.254.169.254";

    /** As OpenStack has it for networks without IPv4. */
    public static final String ADDRESS_V6 = "fe80::a9fe:a9fe";

    /** The same on every network, since no two networks see each other; locally administered, so that no port's can be the same. */
    public static final String MAC = "02:00:a9:fe:a9:fe";

    public static final int HTTP = 80;

    private MetadataPort() {}

    /** The port's name in OVN, which is the interface id on the host. */
    public static String name(String networkId) {
        return "metadata-" + networkId;
    }
}
