package dev.unkai.cloud.compute;

import dev.unkai.cloud.compute.DrainGuest.Obstacle;
import java.util.Map;

/** What can keep a server on a host that is to be emptied, with what an operator can do about it. */
public final class Obstacles {
    private static final String WAIT = "Nothing is to be done; it is tried again by itself.";
    private static final String ROOM =
            "Make room on another host, end the maintenance of one, or add a host; then it is tried again by itself.";
    private static final String OWNER =
            "Ask its owner to do it, or do it as an operator; then it is tried again by itself.";
    private static final Map<String, String> NEXT = Map.ofEntries(
            Map.entry("busy", WAIT),
            Map.entry(
                    "failed",
                    "It is tried again by itself. If it fails again and again, see the nodes' logs of both hosts."),
            Map.entry(
                    "silent",
                    "Bring the host's node back, or its connection; guests of a silent host are not touched."),
            Map.entry("later", "Bring the other hosts' nodes back, or their connection."),
            Map.entry("building", WAIT),
            Map.entry("error", "Mend what its fault says, or delete it."),
            Map.entry("suspended", "Its memory lies on this host's disk. Resume, stop or shelve it. " + OWNER),
            Map.entry("rescued", "End the rescue. " + OWNER),
            Map.entry("resized", "Confirm or revert its resize or move. " + OWNER),
            Map.entry("kept", "Its disk is kept here until its resize or move is confirmed or reverted. " + OWNER),
            Map.entry("shelved", WAIT),
            Map.entry("owner", "Dedicate another host to its owner, or open one to all customers."),
            Map.entry("hosts", "Add a host; to a customer with dedicated hosts, dedicate one more."),
            Map.entry("zone", "Add a host to its availability zone."),
            Map.entry("firmware", "Install UEFI firmware (package ovmf) on another host."),
            Map.entry("node", "Update the node of another host; then it is tried again by itself."),
            Map.entry("maintenance", "End the maintenance of another host, or add one."),
            Map.entry(
                    "company",
                    "Its server group allows no other host: add a host, or ask its owner to change the group."),
            Map.entry("memory", ROOM),
            Map.entry("vcpus", ROOM),
            Map.entry("disk", ROOM));

    private Obstacles() {}

    /** @param sentence what stands in the way, ending in a full stop */
    public static Obstacle of(String code, String sentence) {
        return new Obstacle(code, sentence, NEXT.getOrDefault(code, WAIT));
    }
}
