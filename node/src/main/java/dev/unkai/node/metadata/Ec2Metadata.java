package dev.unkai.node.metadata;

import dev.unkai.node.guest.TaggedDevices;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Nic;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A guest's facts as EC2 names them, below {@code meta-data/}: a tree whose leaves are lines of text. The entries are those that OpenStack's
 * service has (nova, api/metadata/base.py), since that is what guests' tools were written against.
 */
final class Ec2Metadata {
    private static final int EC2_ID_DIGITS = 17;

    private Ec2Metadata() {}

    /** By the devices' names as the guest sees them; what lies beside its own disk has the name that it has in the plan, as in EC2. */
    private static Map<String, Object> disks(Guest guest) {
        Map<String, Object> disks = new TreeMap<>(Map.of("ami", "vda", "root", "/dev/vda"));
        for (int number = 0; !guest.hasRescue() && number < guest.getLocalDisksCount(); number++) {
            disks.put(guest.getLocalDisks(number).getName(), "/dev/" + TaggedDevices.device(number + 1));
        }
        return disks;
    }

    /** Values are {@link String} or a map of the same kind. */
    static Map<String, Object> of(Guest guest, JsonNode metaData) {
        Map<String, Object> tree = new TreeMap<>();
        String hostname = metaData.path("hostname").asString("");
        tree.put("ami-id", ec2Id("ami", guest.getDisk().getImageId()));
        tree.put(
                "ami-launch-index", String.valueOf(metaData.path("launch_index").asInt(0)));
        tree.put("ami-manifest-path", "FIXME"); // what nova says; tools look only for its presence
        tree.put("block-device-mapping", disks(guest));
        tree.put("hostname", hostname);
        tree.put("instance-action", "none");
        tree.put("instance-id", ec2Id("i", guest.getId()));
        tree.put("instance-type", guest.getMetadata().getFlavorName());
        tree.put("local-hostname", hostname);
        tree.put("local-ipv4", firstIpv4(guest).orElse(""));
        tree.put(
                "placement",
                new TreeMap<>(Map.of(
                        "availability-zone", metaData.path("availability_zone").asString(""))));
        tree.put("public-hostname", hostname);
        tree.put("public-ipv4", guest.getMetadata().getPublicIpv4());
        tree.put("reservation-id", guest.getMetadata().getReservationId());
        tree.put("security-groups", String.join("\n", guest.getMetadata().getSecurityGroupsList()));
        Map<String, Object> keys = new LinkedHashMap<>();
        metaData.path("public_keys").properties().forEach(key -> {
            String number = String.valueOf(keys.size());
            keys.put(
                    number,
                    new Named(
                            number + "=" + key.getKey(),
                            Map.of("openssh-key", key.getValue().asString(""))));
        });
        if (!keys.isEmpty()) {
            tree.put("public-keys", keys);
        }
        return tree;
    }

    /** A directory that its parent lists by another name than it is asked for. */
    record Named(String listed, Map<String, Object> entries) {}

    /** The lines of a directory: further directories end with a slash. */
    static String list(Map<String, Object> directory) {
        return directory.entrySet().stream()
                .map(entry -> switch (entry.getValue()) {
                    case Named named -> named.listed();
                    case Map<?, ?> _ -> entry.getKey() + "/";
                    default -> entry.getKey();
                })
                .collect(Collectors.joining("\n"));
    }

    private static Optional<String> firstIpv4(Guest guest) {
        return guest.getNicsList().stream()
                .map(Nic::getAddressesList)
                .flatMap(addresses -> addresses.stream())
                .filter(address -> address.indexOf(':') < 0)
                .findFirst();
    }

    /** EC2's ids have a prefix and 17 hexadecimal digits; the first of the UUID's tell as much. */
    private static String ec2Id(String prefix, String uuid) {
        String digits = uuid.replace("-", "").toLowerCase(Locale.ROOT);
        return prefix + "-" + digits.substring(Math.max(0, digits.length() - EC2_ID_DIGITS));
    }
}
