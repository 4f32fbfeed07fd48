package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place on a network where a guest or a router is plugged in. */
public record Port(
        UUID id,
        String project,
        UUID networkId,
        String name,
        String description,
        boolean adminStateUp,
        String mac,
        String deviceId,
        String deviceOwner,
        boolean portSecurity,
        List<AddressPair> allowedPairs,
        List<FixedIp> fixedIps,
        List<UUID> securityGroups,
        String bindingHost,
        String bindingProfile,
        String vnicType,
        boolean up,
        int deviceIndex,
        boolean ownedByDevice,
        List<String> tags,
        Stamp stamp) {
    public static final String ROUTER_INTERFACE = "network:router_interface";
    public static final String ROUTER_GATEWAY = "network:router_gateway";

    public record FixedIp(UUID subnetId, String address) {}

    /** A further address that the guest may use as its own; {@code mac} null: the port's. */
    public record AddressPair(String address, @Nullable String mac) {}

    public boolean ofRouter() {
        return deviceOwner.equals(ROUTER_INTERFACE) || deviceOwner.equals(ROUTER_GATEWAY);
    }
}
