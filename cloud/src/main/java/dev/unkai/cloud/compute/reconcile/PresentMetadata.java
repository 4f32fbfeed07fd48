package dev.unkai.cloud.compute.reconcile;

import dev.unkai.cloud.compute.Server;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Metadata;
import dev.unkai.wire.node.Nic;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings what the metadata service says of a guest up to date, and by which addresses it knows the guest. A config drive stays as it was
 * made, as in the reference: a guest that has one is told the news by the service alone.
 */
final class PresentMetadata {
    private PresentMetadata() {}

    /** @param password what the guest left as its administrator's; empty: nothing */
    static Guest of(Guest planned, Server server, String password, Wiring wiring) {
        if (!planned.hasMetadata()) {
            return planned; // of before there was a service
        }
        Metadata told = planned.getMetadata();
        ConfigDrive old = told.hasFiles() ? told.getFiles() : planned.getConfigDrive();
        ConfigDrive present = old.toBuilder()
                .setMetaDataJson(ConfigDrives.present(old.getMetaDataJson(), server))
                .setNetworkDataJson(ConfigDrives.networkData(wiring.ports()))
                .build();
        Metadata.Builder metadata = told.toBuilder()
                .clearSecurityGroups()
                .addAllSecurityGroups(wiring.securityGroups())
                .setPublicIpv4(wiring.publicIpv4())
                .setPassword(password);
        if (told.hasFiles() || !present.equals(old)) {
            metadata.setFiles(present);
        }
        return addressed(planned.toBuilder().setMetadata(metadata), wiring).build();
    }

    /** Its cards stay those that the plan has: one that comes or goes is a change of the guest, with a generation. */
    private static Guest.Builder addressed(Guest.Builder guest, Wiring wiring) {
        Map<String, Nic> present =
                wiring.nics().stream().collect(Collectors.toMap(Nic::getPortId, Function.identity()));
        for (Nic.Builder nic : guest.getNicsBuilderList()) {
            Nic now = present.get(nic.getPortId());
            if (now != null) {
                nic.clearAddresses().addAllAddresses(now.getAddressesList());
            }
        }
        return guest;
    }
}
