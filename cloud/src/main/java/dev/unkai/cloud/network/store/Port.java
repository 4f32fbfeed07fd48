package dev.unkai.cloud.network.store;

import dev.unkai.base.event.Unrecorded;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place on a network where a guest or a router is plugged in.
 *
 * @param deviceId what customers may write; only {@code serverId} says which guest has the port
 */
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
        @Unrecorded String bindingHost,
        @Unrecorded String bindingProfile,
        String vnicType,
        @Unrecorded boolean up,
        @Unrecorded @Nullable UUID serverId,
        @Unrecorded int deviceIndex,
        @Unrecorded boolean ownedByDevice,
        Extras extras,
        @Unrecorded FromNetwork fromNetwork,
        List<String> tags,
        Stamp stamp) {
    public static final String ROUTER_INTERFACE = "network:router_interface";
    public static final String ROUTER_GATEWAY = "network:router_gateway";
    /** Stands for a floating address on its outer network, where nothing is plugged in. */
    public static final String FLOATING_IP = "network:floatingip";

    public record FixedIp(UUID subnetId, String address) {}

    /** A further address that the guest may use as its own; {@code mac} null: the port's. */
    public record AddressPair(String address, @Nullable String mac) {}

    /** What DHCP tells this guest beyond what it tells its neighbours; the name is one of RFC 2132's or RFC 8415's, or a number. */
    public record DhcpOption(String name, String value, int version) {}

    /**
     * What few ports have.
     *
     * @param dnsName under which its neighbours find it, or empty
     * @param dnsDomain where it differs from the network's, ending in a dot, or empty
     */
    public record Extras(
            List<DhcpOption> dhcpOptions,
            String dnsName,
            String dnsDomain,
            @Nullable UUID qosPolicyId) {
        public static final Extras NONE = new Extras(List.of(), "", "", null);
    }

    /** What a port has from its network where it has none of its own. */
    public record FromNetwork(@Nullable UUID qosPolicyId, String dnsDomain) {
        public static final FromNetwork NONE = new FromNetwork(null, "");
    }

    /** The domain of the port's name, ending in a dot, or empty. */
    public String domain() {
        return extras.dnsDomain().isEmpty() ? fromNetwork.dnsDomain() : extras.dnsDomain();
    }

    /** The same port under another name in its network. */
    public Port named(String dnsName) {
        return with(new Extras(extras.dhcpOptions(), dnsName, extras.dnsDomain(), extras.qosPolicyId()));
    }

    /** The same port with other extras. */
    public Port with(Extras others) {
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                mac,
                deviceId,
                deviceOwner,
                portSecurity,
                allowedPairs,
                fixedIps,
                securityGroups,
                bindingHost,
                bindingProfile,
                vnicType,
                up,
                serverId,
                deviceIndex,
                ownedByDevice,
                others,
                fromNetwork,
                tags,
                stamp);
    }

    /** The same port, allowed to use further addresses. */
    public Port allowing(List<AddressPair> pairs) {
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                mac,
                deviceId,
                deviceOwner,
                portSecurity,
                pairs,
                fixedIps,
                securityGroups,
                bindingHost,
                bindingProfile,
                vnicType,
                up,
                serverId,
                deviceIndex,
                ownedByDevice,
                extras,
                fromNetwork,
                tags,
                stamp);
    }

    /** The same port in other security groups. */
    public Port inGroups(boolean guarded, List<UUID> groups) {
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                mac,
                deviceId,
                deviceOwner,
                guarded,
                allowedPairs,
                fixedIps,
                groups,
                bindingHost,
                bindingProfile,
                vnicType,
                up,
                serverId,
                deviceIndex,
                ownedByDevice,
                extras,
                fromNetwork,
                tags,
                stamp);
    }

    /** The same port with another hardware address. */
    public Port withMac(String other) {
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                other,
                deviceId,
                deviceOwner,
                portSecurity,
                allowedPairs,
                fixedIps,
                securityGroups,
                bindingHost,
                bindingProfile,
                vnicType,
                up,
                serverId,
                deviceIndex,
                ownedByDevice,
                extras,
                fromNetwork,
                tags,
                stamp);
    }

    /** The same port as the interface of a server, or of none; unbound in either case. */
    public Port pluggedInto(@Nullable UUID server, String owner, int index, boolean owned) {
        String device = server == null ? "" : server.toString();
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                mac,
                device,
                owner,
                portSecurity,
                allowedPairs,
                fixedIps,
                securityGroups,
                "",
                bindingProfile,
                vnicType,
                up,
                server,
                index,
                owned,
                extras,
                fromNetwork,
                tags,
                stamp);
    }

    /** The same port as a router's leg. */
    public Port asLegOf(UUID router) {
        return new Port(
                id,
                project,
                networkId,
                name,
                description,
                adminStateUp,
                mac,
                router.toString(),
                ROUTER_INTERFACE,
                false,
                List.of(),
                fixedIps,
                List.of(),
                bindingHost,
                bindingProfile,
                vnicType,
                up,
                null,
                0,
                false,
                extras,
                fromNetwork,
                tags,
                stamp);
    }

    public boolean ofRouter() {
        return deviceOwner.equals(ROUTER_INTERFACE) || deviceOwner.equals(ROUTER_GATEWAY);
    }
}
