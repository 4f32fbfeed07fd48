package dev.unkai.cloud.compute.reconcile;

import dev.unkai.cloud.compute.LocalDrives.Drive;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.ServerDisks.ServerDisk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import java.util.List;
import java.util.Objects;

/** Says in the node protocol's words which disks a server has beside its own. */
final class LocalDiskSpecs {
    private LocalDiskSpecs() {}

    static List<LocalDisk> of(Server server, ServerDisk disk) {
        return server.boot().drives().of(server.size()).stream()
                .map(drive -> drive.isSwap() ? swap(drive, disk) : ephemeral(drive, disk))
                .toList();
    }

    /** As {@code here} has them, in the sizes that the server is to have at another host. */
    static List<LocalDisk> moved(Guest here, Server server, Server.Size size) {
        return server.boot().drives().of(size).stream()
                .map(drive -> here.getLocalDisksList().stream()
                        .filter(disk -> disk.getName().equals(drive.name()))
                        .findFirst()
                        .map(disk -> disk.toBuilder()
                                .clearCopyOf()
                                .clearKept()
                                .setSizeMib(drive.sizeMib())
                                .build())
                        .orElseGet(() -> spec(drive).build()))
                .toList();
    }

    private static LocalDisk ephemeral(Drive drive, ServerDisk disk) {
        LocalDisk.Builder spec = spec(drive).setEdition(disk.localEdition());
        if (disk.localCopyOf() != null) {
            spec.setCopyOf(disk.localCopyOf());
        }
        if (disk.localKept() != null) {
            spec.addKept(disk.localKept());
        }
        return spec.build();
    }

    /** It is made anew with the server's own disk: what is on it is of no use to another boot. */
    private static LocalDisk swap(Drive drive, ServerDisk disk) {
        return spec(drive).setEdition(disk.edition()).build();
    }

    private static LocalDisk.Builder spec(Drive drive) {
        return LocalDisk.newBuilder()
                .setName(drive.name())
                .setSizeMib(drive.sizeMib())
                .setFormat(drive.format())
                .setTag(Objects.requireNonNullElse(drive.tag(), ""));
    }
}
