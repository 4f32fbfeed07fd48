package dev.unkai.cloud.network;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.domain.PortWish.AddressWish;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.SubnetStore;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The addresses of a server's ports as the Compute API's old actions change them. */
@Component
public class ProxiedAddresses {
    private final PortAllocation allocation;
    private final PortStore ports;
    private final SubnetStore subnets;

    ProxiedAddresses(PortAllocation allocation, PortStore ports, SubnetStore subnets) {
        this.allocation = allocation;
        this.ports = ports;
        this.subnets = subnets;
    }

    /** One more address of the network's first subnet, on the server's first port there. */
    public void add(Db db, Caller caller, UUID server, UUID network) {
        Port port = ports.ofServer(db, server).stream()
                .filter(each -> each.networkId().equals(network))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.invalid("Network " + network + " could not be found for instance " + server + "."));
        Subnet subnet = subnets.of(db, network).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("No fixed IP addresses available for network: " + network));
        List<AddressWish> wanted = kept(port, "");
        wanted.add(new AddressWish(subnet.id(), null));
        change(db, caller, port, wanted);
    }

    public void remove(Db db, Caller caller, UUID server, String address) {
        String canonical = AddressText.canonical(address);
        Port port = ports.ofServer(db, server).stream()
                .filter(each -> each.fixedIps().stream()
                        .anyMatch(fixed -> fixed.address().equals(canonical)))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.invalid("Fixed IP not found for instance " + server + " by address " + address + "."));
        change(db, caller, port, kept(port, canonical));
    }

    private static List<AddressWish> kept(Port port, String without) {
        List<AddressWish> kept = new ArrayList<>();
        port.fixedIps().stream()
                .filter(fixed -> !fixed.address().equals(without))
                .forEach(fixed -> kept.add(new AddressWish(fixed.subnetId(), fixed.address())));
        return kept;
    }

    private void change(Db db, Caller caller, Port port, List<AddressWish> wanted) {
        try {
            allocation.update(db, caller, port.id(), before -> new PortWish(before, null, wanted, null, null));
        } catch (Refusal refusal) {
            throw refusal.kind() == Refusal.Kind.CONFLICT ? Refusal.invalid(refusal.sentence()) : refusal;
        }
    }
}
