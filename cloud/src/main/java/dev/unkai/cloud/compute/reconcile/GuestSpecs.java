package dev.unkai.cloud.compute.reconcile;

import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.store.ServerDisks.ServerDisk;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Metadata;
import java.util.List;
import java.util.Objects;

/** Says in the node protocol's words what a server is to be. */
final class GuestSpecs {
    private GuestSpecs() {}

    /** The whole guest, for a host that does not have it yet. */
    static Guest of(
            Server server,
            String zone,
            BootImage image,
            Wiring wiring,
            ServerDisk disk,
            List<Capture> captures,
            String requestId) {
        Guest.Builder guest = Guest.newBuilder()
                .setId(server.id().toString())
                .setProjectId(server.projectId())
                .setName(server.instanceName())
                .setFirmware(bootsByUefi(image) ? Firmware.UEFI : Firmware.BIOS)
                .setDisk(Disk.newBuilder()
                        .setImageId(image.id().toString())
                        .setImageFormat(image.format())
                        .setImageSha512(image.sha512())
                        .setImageSize(image.sizeBytes()));
        guest.addAllNics(wiring.nics());
        ConfigDrive files = ConfigDrives.of(server, zone, wiring.ports());
        Metadata.Builder metadata = Metadata.newBuilder()
                .setFlavorName(server.size().flavorName())
                .setReservationId(server.origin().reservationId())
                .addAllSecurityGroups(wiring.securityGroups())
                .setPublicIpv4(wiring.publicIpv4())
                .setPassword(Objects.requireNonNullElse(server.boot().guestPassword(), ""));
        if (server.boot().configDrive()) {
            guest.setConfigDrive(files);
        } else {
            metadata.setFiles(files);
        }
        return desire(guest.setMetadata(metadata), server, disk, captures, requestId)
                .build();
    }

    /** What changes while the guest stays the same: power, reboots, size, disk, the images to be made of it, the generation. */
    static Guest.Builder desire(
            Guest.Builder guest, Server server, ServerDisk disk, List<Capture> captures, String requestId) {
        Disk.Builder drive = guest.getDiskBuilder()
                .setSizeGib(server.size().diskGb())
                .setEdition(disk.edition())
                .clearCopyOf()
                .clearKept()
                .addAllKept(disk.keptEditions())
                .setTag(Objects.requireNonNullElse(server.boot().drives().rootTag(), ""));
        guest.clearLocalDisks().addAllLocalDisks(LocalDiskSpecs.of(server, disk));
        if (disk.copyOf() != null) {
            drive.setCopyOf(disk.copyOf());
        }
        guest.clearCaptures().clearArrival().clearDeparture();
        captures.forEach(capture -> guest.addCaptures(dev.unkai.wire.node.Capture.newBuilder()
                .setId(capture.id().toString())
                .setImageId(capture.imageId().toString())));
        return guest.setGeneration(server.desired().generation())
                .setVcpus(server.size().vcpus())
                .setMemoryMib(server.size().ramMb())
                .setPower(Expectation.of(server).power())
                .setBoot(server.desired().reboots())
                .setBootKind(server.desired().rebootKind() == RebootKind.HARD ? BootKind.HARD : BootKind.SOFT)
                .setRequestId(requestId);
    }

    /** Its network interfaces, and what the guest reads of them at its next boot. */
    static Guest.Builder plug(Guest.Builder guest, Wiring wiring) {
        guest.clearNics().addAllNics(wiring.nics());
        String networkData = ConfigDrives.networkData(wiring.ports());
        if (guest.hasConfigDrive()) {
            guest.getConfigDriveBuilder().setNetworkDataJson(networkData);
        }
        if (guest.hasMetadata()) {
            Metadata.Builder metadata = guest.getMetadataBuilder();
            metadata.clearSecurityGroups()
                    .addAllSecurityGroups(wiring.securityGroups())
                    .setPublicIpv4(wiring.publicIpv4());
            if (metadata.hasFiles()) {
                metadata.getFilesBuilder().setNetworkDataJson(networkData);
            }
        }
        return guest;
    }

    static boolean bootsByUefi(BootImage image) {
        return "uefi".equalsIgnoreCase(image.properties().get("hw_firmware_type"));
    }
}
