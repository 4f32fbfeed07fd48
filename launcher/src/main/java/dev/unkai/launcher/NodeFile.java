package dev.unkai.launcher;

import java.util.List;

/**
 * What a node reads at its start ({@code etc/node.properties}).
 *
 * @param clouds {@code host:port} of each process that it may attach to
 * @param address by which other hosts reach this machine
 * @param more further lines {@code key=value}: the operator's limits
 */
record NodeFile(
        DataDirectory directory,
        String hostId,
        String hostName,
        String zone,
        List<String> clouds,
        String address,
        String libvirtUri,
        List<String> more) {
    String text() {
        return """
                host.id=%s
                host.name=%s
                availability.zone=%s
                host.address=%s
                cloud.address=%s
                tls.certificate=%s
                tls.key=%s
                tls.authority=%s
                tls.hosts=%s
                libvirt.uri=%s
                state.dir=%s
                ready.file=%s
                domain.type=probe
                ovs.bridge=br-int
                ovs.namespace=%s
                firewall.log=%s
                ovn.control=%s
                qemu.user=libvirt-qemu
                """.formatted(
                                hostId,
                                hostName,
                                zone,
                                address,
                                String.join(",", clouds),
                                directory.of("pki/node.crt"),
                                directory.of("pki/node.key"),
                                directory.of("pki/ca.crt"),
                                directory.of("pki/hosts-ca.crt"),
                                libvirtUri,
                                directory.of("node"),
                                directory.of("run/node.ready"),
                                Host.namespace(directory),
                                directory.of(Host.FIREWALL_LOG),
                                directory.of("run/ovn"))
                + String.join("", more.stream().map(line -> line + "\n").toList());
    }
}
