package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.LocalDrives;
import dev.unkai.cloud.compute.LocalDrives.Ephemeral;
import dev.unkai.cloud.compute.LocalDrives.Swap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A new server's image, and {@code block_device_mapping_v2} beside it: the boot disk from that image, ephemeral disks and swap on the
 * host. Limits and sentences are nova's (compute/api.py, block_device.py).
 */
record BlockDevices(UUID image, LocalDrives drives) {
    private static final String INVALID = "Block Device Mapping is Invalid: ";

    /** nova's max_local_block_devices, the boot disk among them. */
    private static final int MOST_LOCAL = 3;

    private static final int MOST = 64;
    private static final String SWAP = "swap";
    private static final Set<String> FORMATS = Set.of("ext2", "ext3", "ext4");

    /** @param bootIndex null or negative: it is not booted from */
    private record Device(
            @Nullable String source,
            @Nullable String destination,
            @Nullable UUID id,
            @Nullable Integer bootIndex,
            @Nullable Integer size,
            @Nullable String format,
            @Nullable String tag,
            boolean none) {}

    static BlockDevices read(Fields server, Microversion version) {
        String ref = server.optionalText("imageRef", Text.UUID_OR_EMPTY);
        UUID image = ref == null || ref.isEmpty() ? null : UUID.fromString(ref);
        List<Fields> listed = server.objects("block_device_mapping_v2", MOST);
        List<Device> devices = new ArrayList<>();
        for (Fields one : listed == null ? List.<Fields>of() : listed) {
            Device device = device(one, version);
            if (!device.none()) {
                devices.add(device);
            }
        }
        if (devices.isEmpty()) {
            return new BlockDevices(require(image), LocalDrives.UNASKED);
        }
        return of(image, devices);
    }

    private static BlockDevices of(@Nullable UUID asked, List<Device> devices) {
        UUID image = null;
        String rootTag = null;
        List<Ephemeral> ephemerals = new ArrayList<>();
        List<Swap> swaps = new ArrayList<>();
        for (Device device : devices) {
            boolean fromImage = "image".equals(device.source());
            boolean first = device.bootIndex() != null && device.bootIndex() == 0;
            if ("blank".equals(device.source()) && !"volume".equals(device.destination())) {
                local(device, ephemerals, swaps);
            } else if (fromImage && !"volume".equals(device.destination()) && device.id() != null && first) {
                image = device.id();
                rootTag = device.tag();
            } else {
                throw Refusal.invalid(
                        INVALID + "only source_type image with destination_type local and boot_index 0, and"
                                + " source_type blank with destination_type local are offered; volumes are not offered so far.");
            }
        }
        if (image == null || !inSequence(devices)) {
            throw Refusal.invalid(INVALID
                    + "Boot sequence for the instance and image/block device mapping combination is not valid.");
        }
        if (asked != null && !asked.equals(image)) {
            throw Refusal.invalid(INVALID + "the boot disk is not from the server's imageRef.");
        }
        if (devices.size() > MOST_LOCAL) {
            throw Refusal.invalid(INVALID + "You specified more local devices than the limit allows: at most "
                    + MOST_LOCAL + ", the boot disk among them.");
        }
        if (swaps.size() > 1) {
            throw Refusal.invalid(INVALID + "More than one swap drive requested.");
        }
        return new BlockDevices(image, new LocalDrives(rootTag, ephemerals, swaps.isEmpty() ? null : swaps.getFirst()));
    }

    private static void local(Device device, List<Ephemeral> ephemerals, List<Swap> swaps) {
        if (device.id() != null) {
            throw Refusal.invalid(INVALID + "Invalid device UUID.");
        }
        String format = device.format();
        if (SWAP.equals(format)) {
            swaps.add(new Swap(device.size(), device.tag()));
        } else if (format == null || format.isEmpty() || FORMATS.contains(format)) {
            String chosen = format == null || format.isEmpty() ? null : format;
            ephemerals.add(new Ephemeral(device.size(), chosen, device.tag()));
        } else {
            throw Refusal.invalid(
                    INVALID + "the guest_format is not supported: use ext2, ext3, ext4 or swap, or leave" + " it out.");
        }
    }

    /** Whatever may be booted from is numbered from 0 on, and something is. */
    private static boolean inSequence(List<Device> devices) {
        List<Integer> indexes = devices.stream()
                .map(Device::bootIndex)
                .filter(index -> index != null && index >= 0)
                .sorted()
                .toList();
        for (int number = 0; number < indexes.size(); number++) {
            if (indexes.get(number) != number) {
                return false;
            }
        }
        return !indexes.isEmpty();
    }

    private static UUID require(@Nullable UUID image) {
        if (image == null) {
            throw Refusal.invalid("Missing imageRef attribute");
        }
        return image;
    }

    private static Device device(Fields disk, Microversion version) {
        String source = disk.oneOf("source_type", "volume", "image", "snapshot", "blank");
        String destination = disk.oneOf("destination_type", "local", "volume");
        UUID id = disk.uuid("uuid");
        UUID imageId = disk.uuid("image_id");
        JsonNode index = disk.raw("boot_index");
        if (index != null && !index.isNull() && !index.asString("").matches("-?[0-9]{1,6}")) {
            throw disk.wrong("boot_index", "must be a whole number or null");
        }
        disk.bool("delete_on_termination", true);
        for (String text : List.of("device_name", "device_type", "disk_bus", "virtual_name")) {
            disk.nullableText(text, Text.META_VALUE);
        }
        String format = disk.nullableText("guest_format", Text.META_VALUE);
        Integer size = disk.has("volume_size") ? disk.integer("volume_size", 1, Integer.MAX_VALUE) : null;
        for (String other : List.of("volume_id", "snapshot_id", "connection_info")) {
            disk.raw(other);
        }
        JsonNode none = disk.raw("no_device");
        String tag = version.minor() == 32 || version.atLeast(42) ? disk.optionalText("tag", Text.TAG) : null;
        if (version.atLeast(67)) {
            disk.nullableText("volume_type", Text.META_VALUE);
        }
        disk.end();
        boolean named = source == null && imageId != null;
        Integer bootIndex = index == null || index.isNull() ? null : Integer.valueOf(index.asString(""));
        boolean image = named || "image".equals(source);
        return new Device(
                named ? "image" : source,
                destination,
                id == null ? imageId : id,
                image && index == null ? Integer.valueOf(0) : bootIndex,
                size,
                format,
                tag,
                none != null && none.asBoolean(false));
    }
}
