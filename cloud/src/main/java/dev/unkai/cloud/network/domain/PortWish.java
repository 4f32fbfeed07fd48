package dev.unkai.cloud.network.domain;

import dev.unkai.cloud.network.store.Port;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A port as somebody wants it: all that is settled is in {@code port}, what is still to be chosen beside it.
 *
 * @param mac null: any
 * @param addresses null: one of each IP version as the network offers; empty: none
 * @param securityGroups null: the project's default group where the port is guarded at all
 * @param portSecurity null: as the network says
 */
public record PortWish(
        Port port,
        @Nullable String mac,
        @Nullable List<AddressWish> addresses,
        @Nullable List<UUID> securityGroups,
        @Nullable Boolean portSecurity) {
    /** An address wanted: any of a subnet, a certain one, or a certain one of a subnet. */
    public record AddressWish(
            @Nullable UUID subnetId, @Nullable String address) {}
}
