package dev.unkai.cloud.network.store;

import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/** How many addresses a network's subnets have to give away, and how many of all are taken. */
public record IpAvailability(
        UUID networkId, String networkName, String project, BigInteger total, long used, List<OfSubnet> subnets) {
    public record OfSubnet(UUID id, String name, int version, String cidr, BigInteger total, long used) {}
}
