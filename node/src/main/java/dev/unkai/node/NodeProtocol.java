package dev.unkai.node;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;

/**
 * What a node speaks with the cloud, of which it is at most one version apart. One of this build can speak as the version before did ({@code protocol} in its
 * file), so that an upgrade host by host is rehearsed without a build of that version at hand: it says so in its hello, and reads of a plan what
 * that version read.
 *
 * @param version 4: makes the disks that a guest has beside its own; 3: takes plans in parts, and waits with guests that are held
 */
public record NodeProtocol(int version) {
    static final int NEWEST = 4;

    /** Throws IllegalArgumentException with a sentence that names the key to mend. */
    static NodeProtocol of(long version) {
        if (version != NEWEST && version != NEWEST - 1) {
            throw new IllegalArgumentException(
                    "protocol is to be " + NEWEST + " or " + (NEWEST - 1) + ", not " + version);
        }
        return new NodeProtocol((int) version);
    }

    /** The plan without what this version has no words for; what is kept of it on disk is whole, as with any message of protobuf. */
    HostPlan understood(HostPlan plan) {
        if (version == NEWEST) {
            return plan;
        }
        return plan.toBuilder()
                .clearGuests()
                .addAllGuests(plan.getGuestsList().stream()
                        .map(guest -> guest.toBuilder().clearLocalDisks())
                        .map(Guest.Builder::build)
                        .toList())
                .build();
    }
}
