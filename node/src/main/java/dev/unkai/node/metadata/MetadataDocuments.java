package dev.unkai.node.metadata;

import com.google.protobuf.ByteString;
import dev.unkai.wire.node.ConfigDrive;
import dev.unkai.wire.node.Guest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands at a path of the metadata service, in the form of OpenStack (below {@code /openstack}) and of EC2 (elsewhere). Versions and
 * names are nova's (api/metadata/base.py): tools ask for the versions they were written against.
 */
final class MetadataDocuments {
    /** A document and its media type. */
    record Document(byte[] content, String type) {
        static Document text(String lines) {
            return new Document(lines.getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8");
        }
    }

    private static final String LATEST = "latest";
    private static final String FIRST_WITH_PASSWORD = "2013-04-04";
    private static final List<String> EC2 = List.of(
            "1.0",
            "2007-01-19",
            "2007-03-01",
            "2007-08-29",
            "2007-10-10",
            "2007-12-15",
            "2008-02-01",
            "2008-09-01",
            "2009-04-04");
    private static final List<String> OPENSTACK = List.of(
            "2012-08-10",
            "2013-04-04",
            "2013-10-17",
            "2015-10-15",
            "2016-06-30",
            "2016-10-06",
            "2017-02-22",
            "2018-08-27",
            "2020-10-14");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MetadataDocuments() {}

    /** Whether a guest may leave its administrator's password at {@code path}. */
    static boolean isPassword(String path) {
        List<String> names =
                Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
        return names.size() == 3
                && names.get(0).equals("openstack")
                && (names.get(1).equals(LATEST)
                        || OPENSTACK.contains(names.get(1)) && names.get(1).compareTo(FIRST_WITH_PASSWORD) >= 0)
                && names.get(2).equals("password");
    }

    /** The document at {@code path}, which begins with a slash; doubled and trailing slashes do not matter. */
    static Optional<Document> find(Guest guest, String path) {
        List<String> names =
                Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
        if (names.isEmpty()) {
            return Optional.of(Document.text(versions(EC2)));
        }
        return names.getFirst().equals("openstack")
                ? openstack(guest, names.subList(1, names.size()))
                : ec2(guest, names);
    }

    private static Optional<Document> openstack(Guest guest, List<String> names) {
        if (names.isEmpty()) {
            return Optional.of(Document.text(versions(OPENSTACK)));
        }
        String version = names.getFirst();
        if (!version.equals(LATEST) && !OPENSTACK.contains(version) || names.size() > 2) {
            return Optional.empty();
        }
        ConfigDrive files = files(guest);
        List<String> present = new ArrayList<>(List.of("meta_data.json"));
        if (!files.getUserData().isEmpty()) {
            present.add("user_data");
        }
        since(version, FIRST_WITH_PASSWORD, present, "password");
        since(version, "2013-10-17", present, "vendor_data.json");
        since(version, "2015-10-15", present, "network_data.json");
        since(version, "2016-10-06", present, "vendor_data2.json");
        if (names.size() == 1) {
            return Optional.of(Document.text(String.join("\n", present)));
        }
        if (!present.contains(names.get(1))) {
            return Optional.empty();
        }
        return switch (names.get(1)) {
            case "meta_data.json" -> json(files.getMetaDataJson());
            case "network_data.json" -> json(files.getNetworkDataJson());
            case "vendor_data.json" -> json(files.getVendorDataJson());
            case "vendor_data2.json" -> json("{}");
            case "user_data" -> userData(files);
            case "password" -> Optional.of(Document.text(guest.getMetadata().getPassword()));
            default -> Optional.empty();
        };
    }

    private static Optional<Document> ec2(Guest guest, List<String> names) {
        if (!names.getFirst().equals(LATEST) && !EC2.contains(names.getFirst())) {
            return Optional.empty();
        }
        ConfigDrive files = files(guest);
        if (names.size() == 1) {
            return Optional.of(Document.text(files.getUserData().isEmpty() ? "meta-data/" : "meta-data/\nuser-data"));
        }
        if (names.get(1).equals("user-data")) {
            return names.size() == 2 ? userData(files) : Optional.empty();
        }
        if (!names.get(1).equals("meta-data")) {
            return Optional.empty();
        }
        JsonNode metaData = JSON.readTree(files.getMetaDataJson());
        return leaf(Ec2Metadata.of(guest, metaData), names.subList(2, names.size()));
    }

    private static Optional<Document> leaf(Map<String, Object> directory, List<String> names) {
        if (names.isEmpty()) {
            return Optional.of(Document.text(Ec2Metadata.list(directory)));
        }
        List<String> rest = names.subList(1, names.size());
        return switch (directory.get(names.getFirst())) {
            case null -> Optional.empty();
            case Ec2Metadata.Named named -> leaf(named.entries(), rest);
            case Map<?, ?> inner -> leaf(entries(inner), rest);
            case Object text -> rest.isEmpty() ? Optional.of(Document.text(text.toString())) : Optional.empty();
        };
    }

    @SuppressWarnings("unchecked") // Ec2Metadata's maps are all of this kind
    private static Map<String, Object> entries(Map<?, ?> directory) {
        return (Map<String, Object>) directory;
    }

    private static ConfigDrive files(Guest guest) {
        return guest.getMetadata().hasFiles() ? guest.getMetadata().getFiles() : guest.getConfigDrive();
    }

    private static void since(String version, String first, List<String> present, String name) {
        if (version.equals(LATEST) || version.compareTo(first) >= 0) {
            present.add(name);
        }
    }

    private static Optional<Document> json(String content) {
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Document(content.getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    private static Optional<Document> userData(ConfigDrive files) {
        ByteString data = files.getUserData();
        return data.isEmpty()
                ? Optional.empty()
                : Optional.of(new Document(data.toByteArray(), "application/octet-stream"));
    }

    private static String versions(List<String> known) {
        return String.join("\n", known) + "\n" + LATEST;
    }
}
