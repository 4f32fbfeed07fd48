package dev.unkai.cloud.network.domain;

import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Port;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Under which names ports are found by their neighbours, and in which domain. */
@Component
public class PortNames {
    private final String serviceDomain;

    /** @param domain of networks that have none of their own; with or without its dot at the end */
    public PortNames(@Value("${unkai.network.dns-domain:openstacklocal}") String domain) {
        this.serviceDomain = domain.endsWith(".") ? domain : domain + ".";
    }

    /** A name of an address: the host's own and the whole, with its dot at the end. */
    public record Assignment(String hostname, String address, String fqdn) {}

    /** The domain of the network's names, ending in a dot. */
    public String domain(Network network) {
        return network.links().dnsDomain().isEmpty()
                ? serviceDomain
                : network.links().dnsDomain();
    }

    private String domain(Port port) {
        return port.domain().isEmpty() ? serviceDomain : port.domain();
    }

    /** One name for each address; a port without a name has one made from the address. */
    public List<Assignment> assignments(Port port) {
        String name = port.extras().dnsName();
        String domain = domain(port);
        return port.fixedIps().stream()
                .map(fixed -> {
                    String host = name.isEmpty()
                            ? "host-" + fixed.address().replace('.', '-').replace(':', '-')
                            : name;
                    return new Assignment(host, fixed.address(), host + "." + domain);
                })
                .toList();
    }
}
