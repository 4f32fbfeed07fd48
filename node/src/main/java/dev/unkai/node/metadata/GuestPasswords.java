package dev.unkai.node.metadata;

import dev.unkai.wire.node.Guest;

/** Where guests' passwords of their administrators go that they leave at the metadata service. */
@FunctionalInterface
public interface GuestPasswords {
    /**
     * False when the guest has left one before.
     *
     * @throws IllegalStateException when it cannot be kept now
     */
    boolean leave(Guest guest, String password);
}
