package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.AddressStore;
import dev.unkai.cloud.network.store.AddressStore.Holder;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Gives the port, whose row is there, what is wished; null means one of each IP version that the network offers. */
    void give(Db db, UUID networkId, String mac, Holder holder, @Nullable List<AddressWish> wishes) {
        List<Subnet> offered = subnets.of(db, networkId);
        if (wishes == null) {
            giveAny(db, networkId, offered, mac, holder);
            return;
        }
        if (wishes.size() > MOST) {
            throw Refusals.invalid("Exceeded maximum amount of fixed ips per port: " + MOST + ".");
        }
        for (AddressWish wish : wishes) {
            give(db, networkId, offered, mac, holder, wish);
        }
    }

    /** Takes and gives back until the port has exactly what is wished; addresses that it has already are kept. */
    void change(Db db, Port port, List<AddressWish> wishes) {
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
        surplus.forEach(address -> addresses.give(db, port.id(), address));
        give(db, port.networkId(), port.mac(), Holder.port(port.project(), port.id()), missing);
    }

    private static boolean satisfies(Port.FixedIp have, AddressWish wish) {
        String address = wish.address();
        return (wish.subnetId() == null || have.subnetId().equals(wish.subnetId()))
                && (address == null || address.equals(have.address()));
    }

    private void giveAny(Db db, UUID networkId, List<Subnet> offered, String mac, Holder holder) {
        for (int version : new int[] {4, 6}) {
            List<Subnet> chosen = offered.stream()
                    .filter(subnet -> subnet.version() == version && !subnet.autoAddressed())
                    .toList();
            boolean given = chosen.isEmpty()
                    || chosen.stream()
                            .anyMatch(subnet ->
                                    addresses.takeAny(db, subnet.id(), holder).isPresent());
            if (!given) {
                throw exhausted(networkId);
            }
        }
        for (Subnet subnet : offered) {
            if (subnet.autoAddressed()) {
                take(db, subnet, Macs.autoAddress(Prefix.of(subnet.cidr()), mac).toString(), holder);
            }
        }
    }

    private void give(Db db, UUID networkId, List<Subnet> offered, String mac, Holder holder, AddressWish wish) {
        Subnet subnet = choose(networkId, offered, wish);
        String address = wish.address();
        if (address != null) {
            Ip wanted = Ip.of(address);
            Prefix prefix = Prefix.of(subnet.cidr());
            if (wanted.compareTo(prefix.firstHost()) < 0 || wanted.compareTo(prefix.lastHost()) > 0) {
                throw Refusals.invalid(
                        "InvalidIpForSubnet", "IP address " + address + " is not a valid IP for the specified subnet.");
            }
            take(db, subnet, wanted.toString(), holder);
        } else if (subnet.autoAddressed()) {
            take(db, subnet, Macs.autoAddress(Prefix.of(subnet.cidr()), mac).toString(), holder);
        } else if (addresses.takeAny(db, subnet.id(), holder).isEmpty()) {
            throw exhausted(networkId);
        }
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
