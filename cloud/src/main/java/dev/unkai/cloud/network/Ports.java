package dev.unkai.cloud.network;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.wire.token.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ports as servers use them. Every call runs in the caller's transaction and only changes rows. */
@Component
public class Ports {
    /** One network interface that a new server asks for: a port that exists, or a network and perhaps an address on it. */
    public record NicRequest(
            @Nullable UUID networkId,
            @Nullable UUID portId,
            @Nullable String fixedIp,
            @Nullable String tag) {}

    /** One address of a port. */
    public record FixedIp(
            UUID subnetId,
            String address,
            String cidr,
            int version,
            @Nullable String gateway,
            List<String> nameservers) {}

    /** A server's interface with all that a host and a guest need to know. */
    public record ServerPort(
            UUID id,
            UUID networkId,
            String networkName,
            String mac,
            int mtu,
            boolean portSecurity,
            List<FixedIp> fixedIps,
            String status) {}

    /** One address as the compute API shows it; {@code type} is {@code fixed} or {@code floating}. */
    public record ServerAddress(
            UUID portId, String networkName, String address, int version, String type, String mac) {}

    /**
     * Makes or takes the ports of a new server, in the order asked. An empty list means: the project's only network
     * (Refusal conflict with a sentence when there are several), or none when there is no network.
     *
     * @param securityGroups names or ids for ports made here; empty means the project's default group
     * @throws Refusal not found, in use, no address left, over quota
     */
    public List<ServerPort> allocate(
            Db db, Caller caller, UUID serverId, List<NicRequest> nics, List<String> securityGroups) {
        throw Refusal.unavailable("Networks are not ready.");
    }

    /** Puts the server's ports on a host (OVN chassis = host id), or takes them off with null. */
    public void bind(Db db, UUID serverId, @Nullable UUID hostId) {}

    /** Deletes the ports made for the server and frees those that the customer brought. */
    public void release(Db db, UUID serverId) {}

    /** The server's ports in interface order. */
    public List<ServerPort> of(Db db, UUID serverId) {
        return List.of();
    }

    /** Addresses of many servers in one query, floating ones included. */
    public Map<UUID, List<ServerAddress>> addresses(Db db, Collection<UUID> serverIds) {
        return Map.of();
    }

    /** Names of the security groups on the server's ports. */
    public Map<UUID, List<String>> securityGroupNames(Db db, Collection<UUID> serverIds) {
        return Map.of();
    }

    /** Adds a security group, by name or id, to all ports of the server. */
    public void addSecurityGroup(Db db, Caller caller, UUID serverId, String group) {}

    /** Removes a security group, by name or id, from all ports of the server. */
    public void removeSecurityGroup(Db db, Caller caller, UUID serverId, String group) {}
}
