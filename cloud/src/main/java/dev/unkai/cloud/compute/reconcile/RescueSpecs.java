package dev.unkai.cloud.compute.reconcile;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.store.RescueStore;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Rescue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in the node protocol's words what a server is rescued with, and takes that back when it is over. */
@Component
class RescueSpecs {
    private final RescueStore rescues;
    private final Images images;

    RescueSpecs(RescueStore rescues, Images images) {
        this.rescues = rescues;
        this.images = images;
    }

    /**
     * The change of the server's guest.
     *
     * @throws dev.unkai.base.Refusal when the rescue's image is gone
     */
    UnaryOperator<Guest.Builder> of(Db db, Server server) {
        if (server.desired().goal() != Goal.RESCUED) {
            return guest -> ended(guest, server.boot().passwordHash());
        }
        return rescues.of(db, server.id())
                .map(rescue -> begun(images.forBoot(db, rescue.imageId()), server, rescue.passwordHash()))
                .orElse(guest -> ended(guest, server.boot().passwordHash()));
    }

    private static UnaryOperator<Guest.Builder> begun(BootImage image, Server server, @Nullable String passwordHash) {
        Disk disk = Disk.newBuilder()
                .setImageId(image.id().toString())
                .setImageFormat(image.format())
                .setImageSha512(image.sha512())
                .setImageSize(image.sizeBytes())
                .setSizeGib(server.size().diskGb())
                .build();
        return guest -> {
            tell(guest, passwordHash);
            return guest.setRescue(Rescue.newBuilder().setDisk(disk));
        };
    }

    private static Guest.Builder ended(Guest.Builder guest, @Nullable String passwordHash) {
        if (guest.hasRescue()) {
            tell(guest, passwordHash);
        }
        return guest.clearRescue();
    }

    /** What the guest reads at its boot, from a drive or from the metadata service. */
    private static void tell(Guest.Builder guest, @Nullable String passwordHash) {
        String vendorData = ConfigDrives.vendorData(passwordHash);
        if (guest.hasConfigDrive()) {
            guest.getConfigDriveBuilder().setVendorDataJson(vendorData);
        }
        if (guest.getMetadata().hasFiles()) {
            guest.getMetadataBuilder().getFilesBuilder().setVendorDataJson(vendorData);
        }
    }
}
