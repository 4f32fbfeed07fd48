package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.Image.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sets and removes an image's attributes by their names in the API, each value checked; used by create and by patch. */
final class ImageEdit {
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "status",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "created_at",
            "updated_at",
            "direct_url",
            "self",
            "file",
            "schema",
            "stores",
            "location",
            "locations",
            "deleted",
            "deleted_at");
    private static final Set<String> FIXED = Set.of(
            "name",
            "visibility",
            "protected",
            "os_hidden",
            "disk_format",
            "container_format",
            "min_disk",
            "min_ram",
            "tags",
            "owner");
    private static final Set<String> DISK_FORMATS =
            Set.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "ploop", "iso");
    private static final Set<String> CONTAINER_FORMATS =
            Set.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 4_096;
    private static final int MOST_PROPERTIES = 128;
    private static final int MOST_TAGS = 128;

    private @Nullable String name;
    private Visibility visibility;
    private boolean isProtected;
    private boolean hidden;
    private @Nullable String diskFormat;
    private @Nullable String containerFormat;
    private int minDisk;
    private int minRam;
    private List<String> tags;
    private final Map<String, String> properties;
    private @Nullable String owner;

    ImageEdit(ImageAttributes from, @Nullable String owner) {
        this.name = from.name();
        this.visibility = from.visibility();
        this.isProtected = from.isProtected();
        this.hidden = from.hidden();
        this.diskFormat = from.diskFormat();
        this.containerFormat = from.containerFormat();
        this.minDisk = from.minDisk();
        this.minRam = from.minRam();
        this.tags = from.tags();
        this.properties = new LinkedHashMap<>(from.properties());
        this.owner = owner;
    }

    ImageAttributes attributes() {
        return new ImageAttributes(
                name, visibility, isProtected, hidden, diskFormat, containerFormat, minDisk, minRam, tags, properties);
    }

    @Nullable
    String owner() {
        return owner;
    }

    /** Whether the attribute is there: always for the fixed ones. */
    boolean has(String key) {
        return FIXED.contains(key) || properties.containsKey(key);
    }

    /** Throws a forbidden Refusal for what only Unkai itself sets, an invalid one for a value that does not fit. */
    void set(String key, JsonNode value) {
        refuseOtherType(key, value);
        refuseReadOnly(key);
        switch (key) {
            case "name" -> name = textOrNull(key, value, LONGEST_NAME);
            case "visibility" -> visibility = visibility(value);
            case "protected" -> isProtected = truth(key, value);
            case "os_hidden" -> hidden = truth(key, value);
            case "disk_format" -> diskFormat = oneOf(key, value, DISK_FORMATS);
            case "container_format" -> containerFormat = oneOf(key, value, CONTAINER_FORMATS);
            case "min_disk" -> minDisk = count(key, value);
            case "min_ram" -> minRam = count(key, value);
            case "tags" -> tags = tags(value);
            case "owner" -> owner = text(key, value, LONGEST_NAME);
            default -> property(key, value);
        }
    }

    /** A value of a type that no image's attribute of this name has is wrong before anything else is. */
    static void refuseOtherType(String key, JsonNode value) {
        boolean fits = switch (key) {
            case "size", "virtual_size" -> value.isNull() || value.isIntegralNumber();
            case "checksum", "os_hash_algo", "os_hash_value" -> value.isNull() || value.isString();
            case "locations" -> value.isArray();
            default -> FIXED.contains(key) || value.isString();
        };
        if (!fits) {
            throw Refusal.invalid("The value of '" + shown(key) + "' is of another type than the attribute.");
        }
    }

    void remove(String key) {
        refuseReadOnly(key);
        if (FIXED.contains(key)) {
            throw Refusal.forbidden("Property " + key + " may not be removed.");
        }
        properties.remove(key);
    }

    private static void refuseReadOnly(String key) {
        if (READ_ONLY.contains(key)) {
            throw Refusal.forbidden("Attribute '" + key + "' is read-only.");
        }
        if (key.startsWith("os_glance")) {
            throw Refusal.forbidden("Attribute '" + shown(key) + "' is reserved.");
        }
    }

    private void property(String key, JsonNode value) {
        if (key.isEmpty() || key.length() > LONGEST_NAME || unprintable(key)) {
            throw Refusal.invalid("A property name must have 1 to " + LONGEST_NAME + " printable characters.");
        }
        String text = text(key, value, LONGEST_VALUE);
        if (key.equals("hw_firmware_type") && !Set.of("bios", "uefi").contains(text)) {
            throw Refusal.invalid("hw_firmware_type must be bios or uefi.");
        }
        properties.put(key, text);
        if (properties.size() > MOST_PROPERTIES) {
            throw Refusal.tooLarge("An image can have at most " + MOST_PROPERTIES + " properties.");
        }
    }

    private static Visibility visibility(JsonNode value) {
        String text = text("visibility", value, LONGEST_NAME);
        for (Visibility visibility : Visibility.values()) {
            if (visibility.wireName().equals(text)) {
                return visibility;
            }
        }
        throw Refusal.invalid("visibility must be private, shared, community or public.");
    }

    private static List<String> tags(JsonNode value) {
        if (!value.isArray()) {
            throw Refusal.invalid("tags must be an array of strings.");
        }
        Set<String> all = new LinkedHashSet<>();
        for (JsonNode tag : value) {
            all.add(tag(text("tags", tag, LONGEST_NAME)));
        }
        if (all.size() > MOST_TAGS) {
            throw Refusal.tooLarge("An image can have at most " + MOST_TAGS + " tags.");
        }
        return new ArrayList<>(all);
    }

    /** The tag, if it can be one. */
    static String tag(String tag) {
        if (tag.isEmpty() || tag.length() > LONGEST_NAME || unprintable(tag)) {
            throw Refusal.invalid("A tag must have 1 to " + LONGEST_NAME + " printable characters.");
        }
        return tag;
    }

    private static @Nullable String oneOf(String key, JsonNode value, Set<String> allowed) {
        String text = textOrNull(key, value, LONGEST_NAME);
        if (text != null && !allowed.contains(text)) {
            throw Refusal.invalid(key + " must be one of "
                    + String.join(", ", allowed.stream().sorted().toList()) + ".");
        }
        return text;
    }

    private static boolean truth(String key, JsonNode value) {
        if (!value.isBoolean()) {
            throw Refusal.invalid(key + " must be true or false.");
        }
        return value.booleanValue();
    }

    private static int count(String key, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw Refusal.invalid(key + " must be a whole number from 0 to " + Integer.MAX_VALUE + ".");
        }
        return value.intValue();
    }

    private static @Nullable String textOrNull(String key, JsonNode value, int longest) {
        return value.isNull() ? null : text(key, value, longest);
    }

    private static String text(String key, JsonNode value, int longest) {
        if (!value.isString()) {
            throw Refusal.invalid("The value of '" + shown(key) + "' must be a string.");
        }
        String text = value.stringValue();
        if (text.length() > longest) {
            throw Refusal.invalid("The value of '" + shown(key) + "' is longer than " + longest + " characters.");
        }
        if (text.indexOf(0) >= 0 || text.chars().anyMatch(c -> Character.isSurrogate((char) c)) && !wellFormed(text)) {
            throw Refusal.invalid("The value of '" + shown(key) + "' holds a character that cannot be stored.");
        }
        return text;
    }

    private static boolean unprintable(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static String shown(String key) {
        String clean = key.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 64 ? clean.substring(0, 64).toLowerCase(Locale.ROOT) + "…" : clean;
    }
}
