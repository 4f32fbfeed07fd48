package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.AddressStore.Holder;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses and takes the addresses of a port. */
@Component
public class PortAddresses {
    private static final int MOST = 5;

    private final SubnetStore subnets;
    private final AddressStore addresses;

    public PortAddresses(SubnetStore subnets, AddressStore addresses) {
        this.subnets = subnets;
        this.addresses = addresses;
    }

    /**
     * Gives the port, whose row is there, what is wished; null means one of each IP version that the network offers. Besides, a guest has an
     * address of its own making on every subnet with automatic addresses.
     */
    void give(Db db, Port port, @Nullable List<AddressWish> wishes) {
        List<Subnet> offered = subnets.of(db, port.networkId());
        if (wishes == null) {
            giveAny(db, port, offered);
            return;
        }
        if (wishes.size() > MOST) {
            throw Refusals.invalid("Exceeded maximum amount of fixed ips per port: " + MOST + ".");
        }
        Set<UUID> served = new HashSet<>();
        for (AddressWish wish : wishes) {
            served.add(give(db, port, offered, wish));
        }
        if (!wishes.isEmpty()) {
            giveAutomatic(db, port, offered, served);
        }
    }

    /**
     * Takes and gives back until the port has exactly what is wished; addresses that it has already are kept, and so are those that a guest
     * makes itself.
     */
    void change(Db db, Port port, List<AddressWish> wishes) {
        List<Subnet> offered = subnets.of(db, port.networkId());
        List<Port.FixedIp> surplus = new ArrayList<>(port.fixedIps());
        List<AddressWish> missing = new ArrayList<>();
        for (AddressWish wish : wishes) {
            Optional<Port.FixedIp> kept =
                    surplus.stream().filter(have -> satisfies(have, wish)).findFirst();
            if (kept.isPresent()) {
                surplus.remove(kept.get());
            } else {
                missing.add(wish);
            }
        }
        surplus.removeIf(have -> !port.ofRouter() && isAutomatic(offered, have.subnetId()) && !wishes.isEmpty());
        surplus.forEach(address -> addresses.give(db, port.id(), address));
        if (!missing.isEmpty()) {
            give(db, port, missing);
        }
    }

    /** With its hardware address the addresses change that a guest makes of it. */
    void follow(Db db, Port before, Port after) {
        List<Subnet> offered = subnets.of(db, before.networkId());
        Holder holder = Holder.port(after.project(), after.id());
        for (Port.FixedIp have : before.fixedIps()) {
            for (Subnet subnet : offered) {
                Prefix prefix = Prefix.of(subnet.cidr());
                if (subnet.id().equals(have.subnetId())
                        && subnet.autoAddressed()
                        && Macs.autoAddress(prefix, before.mac()).toString().equals(have.address())) {
                    addresses.give(db, before.id(), have);
                    take(db, subnet, Macs.autoAddress(prefix, after.mac()).toString(), holder);
                }
            }
        }
    }

    private static boolean isAutomatic(List<Subnet> offered, UUID subnetId) {
        return offered.stream().anyMatch(subnet -> subnet.id().equals(subnetId) && subnet.autoAddressed());
    }

    private static boolean satisfies(Port.FixedIp have, AddressWish wish) {
        String address = wish.address();
        return (wish.subnetId() == null || have.subnetId().equals(wish.subnetId()))
                && (address == null || address.equals(have.address()));
    }

    private void giveAny(Db db, Port port, List<Subnet> offered) {
        Holder holder = Holder.port(port.project(), port.id());
        for (int version : new int[] {4, 6}) {
            List<Subnet> chosen = offered.stream()
                    .filter(subnet ->
                            subnet.version() == version && !subnet.autoAddressed() && subnet.isFor(port.deviceOwner()))
                    .toList();
            boolean given = chosen.isEmpty()
                    || chosen.stream()
                            .anyMatch(subnet ->
                                    addresses.takeAny(db, subnet.id(), holder).isPresent());
            if (!given) {
                throw exhausted(port.networkId());
            }
        }
        giveAutomatic(db, port, offered, Set.of());
    }

    private void giveAutomatic(Db db, Port port, List<Subnet> offered, Set<UUID> served) {
        if (port.ofRouter()) {
            return; // a router's address is said, never made
        }
        for (Subnet subnet : offered) {
            if (subnet.autoAddressed()
                    && subnet.isFor(port.deviceOwner())
                    && !served.contains(subnet.id())
                    && port.fixedIps().stream()
                            .noneMatch(have -> have.subnetId().equals(subnet.id()))) {
                takeAutomatic(db, port, subnet);
            }
        }
    }

    private void takeAutomatic(Db db, Port port, Subnet subnet) {
        take(
                db,
                subnet,
                Macs.autoAddress(Prefix.of(subnet.cidr()), port.mac()).toString(),
                Holder.port(port.project(), port.id()));
    }

    /** Gives the subnet that the address is of. */
    private UUID give(Db db, Port port, List<Subnet> offered, AddressWish wish) {
        UUID networkId = port.networkId();
        Holder holder = Holder.port(port.project(), port.id());
        Subnet subnet = choose(networkId, offered, wish);
        boolean automatic = subnet.autoAddressed() && !port.ofRouter();
        String address = wish.address();
        if (address != null) {
            if (automatic) {
                throw Refusals.invalid(
                        "AllocationOnAutoAddressSubnet",
                        "IPv6 address " + address + " cannot be directly assigned to a port on subnet " + subnet.id()
                                + " as the subnet is configured for automatic addresses");
            }
            Ip wanted = Ip.of(address);
            Prefix prefix = Prefix.of(subnet.cidr());
            if (wanted.compareTo(prefix.firstHost()) < 0 || wanted.compareTo(prefix.lastHost()) > 0) {
                throw Refusals.invalid(
                        "InvalidIpForSubnet", "IP address " + address + " is not a valid IP for the specified subnet.");
            }
            take(db, subnet, wanted.toString(), holder);
        } else if (automatic) {
            takeAutomatic(db, port, subnet);
        } else if (addresses.takeAny(db, subnet.id(), holder).isEmpty()) {
            throw exhausted(networkId);
        }
        return subnet.id();
    }

    private static Subnet choose(UUID networkId, List<Subnet> offered, AddressWish wish) {
        UUID id = wish.subnetId();
        String address = wish.address();
        if (id != null) {
            return offered.stream()
                    .filter(subnet -> subnet.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Refusals.invalid("Failed to create port on network " + networkId
                            + ", because fixed_ips included invalid subnet " + id));
        }
        if (address == null) {
            throw Refusals.invalid("A fixed_ips entry needs a subnet_id or an ip_address.");
        }
        return offered.stream()
                .filter(subnet -> Prefix.of(subnet.cidr()).contains(Ip.of(address)))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid(
                        "InvalidIpForNetwork",
                        "IP address " + address
                                + " is not a valid IP for any of the subnets on the specified network."));
    }

    private void take(Db db, Subnet subnet, String address, Holder holder) {
        if (!addresses.take(db, subnet.id(), address, holder)) {
            throw Refusals.conflict(
                    "IpAddressAlreadyAllocated",
                    "IP address " + address + " already allocated in subnet " + subnet.id());
        }
    }

    private static RuntimeException exhausted(UUID networkId) {
        return Refusals.conflict(
                "IpAddressGenerationFailure", "No more IP addresses available on network " + networkId + ".");
    }
}
