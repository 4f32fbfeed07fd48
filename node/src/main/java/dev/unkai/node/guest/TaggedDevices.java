package dev.unkai.node.guest;

import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Metadata;
import dev.unkai.wire.node.Nic;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells a guest which of its disks and network cards is which, by the tags that its owner gave them: {@code devices} in
 * {@code meta_data.json}, in nova's words (api/metadata/base.py). A device with a tag gets a PCI bus that follows from the plan, since a
 * config drive is written before the guest has any; what came to it while it runs is read from its domain.
 */
public final class TaggedDevices {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Before the disks beside its own: the rescue disk or its own, and its own while it is rescued. */
    private static final int FIRST_LOCAL_BUS = 3;

    private static final Pattern DEVICE = Pattern.compile("<(disk|interface) .*?</\\1>", Pattern.DOTALL);
    private static final Pattern MAC = Pattern.compile("<mac address=['\"]([0-9a-fA-F:]+)['\"]");
    private static final Pattern FILE = Pattern.compile("<source file=['\"]([^'\"]+)['\"]");
    private static final Pattern ADDRESS = Pattern.compile("<address type=['\"]pci['\"] domain=['\"]0x([0-9a-f]+)['\"] "
            + "bus=['\"]0x([0-9a-f]+)['\"] slot=['\"]0x([0-9a-f]+)['\"] function=['\"]0x([0-9a-f]+)['\"]");

    private TaggedDevices() {}

    /** The name by which a guest knows its disk of this number, from 0. */
    public static String device(int number) {
        return "vd" + (char) ('a' + number);
    }

    static int ownDiskBus(Guest guest) {
        return guest.hasRescue() ? 2 : 1;
    }

    static int localDiskBus(int number) {
        return FIRST_LOCAL_BUS + number;
    }

    /** The config drive may lie between disks and cards. */
    static int nicBus(Guest guest, int number) {
        return FIRST_LOCAL_BUS + guest.getLocalDisksCount() + 1 + number;
    }

    /** What is to be said in the domain of a device with this tag; without one it is put where there is room. */
    static String address(String tag, int bus) {
        return tag.isEmpty()
                ? ""
                : "<address type='pci' domain='0x0000' bus='0x%02x' slot='0x00' function='0x0'/>".formatted(bus);
    }

    private static boolean any(Guest guest) {
        return !guest.getDisk().getTag().isEmpty()
                || guest.getLocalDisksList().stream()
                        .anyMatch(disk -> !disk.getTag().isEmpty())
                || guest.getNicsList().stream().anyMatch(nic -> !nic.getTag().isEmpty());
    }

    /** The guest's config drive as it is to be when the guest starts as the plan says. */
    static ConfigDrive drive(Guest guest) {
        if (!any(guest)) {
            return guest.getConfigDrive();
        }
        ArrayNode devices = JSON.createArrayNode();
        for (int number = 0; number < guest.getNicsCount(); number++) {
            nic(devices, guest.getNics(number), bus(nicBus(guest, number)));
        }
        disk(devices, guest.getDisk().getTag(), bus(ownDiskBus(guest)));
        for (int number = 0; !guest.hasRescue() && number < guest.getLocalDisksCount(); number++) {
            disk(devices, guest.getLocalDisks(number).getTag(), bus(localDiskBus(number)));
        }
        return told(guest.getConfigDrive(), devices);
    }

    /**
     * The guest with what its metadata service says of the devices that it has just now.
     *
     * @param domain its running domain, XML; empty when it does not run
     */
    public static Guest present(Guest guest, GuestDirectory files, Function<Guest, Optional<String>> domain) {
        Optional<String> xml = any(guest) ? domain.apply(guest) : Optional.empty();
        if (xml.isEmpty()) {
            return guest;
        }
        ArrayNode devices = JSON.createArrayNode();
        Matcher each = DEVICE.matcher(xml.get());
        while (each.find()) {
            Matcher address = ADDRESS.matcher(each.group());
            if (address.find()) {
                describe(devices, guest, files, each.group(), place(address));
            }
        }
        Metadata metadata = guest.getMetadata();
        ConfigDrive told = metadata.hasFiles() ? metadata.getFiles() : guest.getConfigDrive();
        return guest.toBuilder()
                .setMetadata(metadata.toBuilder().setFiles(told(told, devices)))
                .build();
    }

    private static void describe(ArrayNode devices, Guest guest, GuestDirectory files, String device, String place) {
        Matcher mac = MAC.matcher(device);
        Matcher file = FILE.matcher(device);
        if (device.startsWith("<interface") && mac.find()) {
            guest.getNicsList().stream()
                    .filter(nic -> nic.getMac().equalsIgnoreCase(mac.group(1)))
                    .forEach(nic -> nic(devices, nic, place));
        } else if (device.startsWith("<disk") && file.find()) {
            // by their names alone: a directory's may be written in another way in XML
            Path name = Path.of(file.group(1)).getFileName();
            if (name.equals(files.disk(guest.getDisk().getEdition()).getFileName())) {
                disk(devices, guest.getDisk().getTag(), place);
            }
            for (LocalDisk disk : guest.getLocalDisksList()) {
                if (name.equals(
                        files.localDisk(disk.getName(), disk.getEdition()).getFileName())) {
                    disk(devices, disk.getTag(), place);
                }
            }
        }
    }

    private static void nic(ArrayNode devices, Nic nic, String place) {
        if (!nic.getTag().isEmpty()) {
            at(devices.addObject().put("type", "nic").put("mac", nic.getMac()), nic.getTag(), place);
        }
    }

    private static void disk(ArrayNode devices, String tag, String place) {
        if (!tag.isEmpty()) {
            at(devices.addObject().put("type", "disk"), tag, place);
        }
    }

    private static void at(ObjectNode device, String tag, String place) {
        device.put("bus", "pci").put("address", place).putArray("tags").add(tag);
    }

    private static String bus(int bus) {
        return "0000:%02x:00.0".formatted(bus);
    }

    private static String place(Matcher address) {
        return "%04x:%02x:%02x.%x"
                .formatted(
                        Integer.parseInt(address.group(1), 16),
                        Integer.parseInt(address.group(2), 16),
                        Integer.parseInt(address.group(3), 16),
                        Integer.parseInt(address.group(4), 16));
    }

    private static ConfigDrive told(ConfigDrive files, ArrayNode devices) {
        if (files.getMetaDataJson().isEmpty()
                || !(JSON.readTree(files.getMetaDataJson()) instanceof ObjectNode metaData)) {
            return files;
        }
        metaData.set("devices", devices);
        return files.toBuilder()
                .setMetaDataJson(JSON.writeValueAsString(metaData))
                .build();
    }
}
