package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.network.domain.Ip;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the attributes of one resource in a request body, each bounded and of its type. What is not said keeps the value given as the
 * default: a constant when creating, the present value when updating. {@link #finish} refuses what nobody asked for.
 */
final class Attributes {
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");

    private final String resource;
    private final JsonNode node;
    private final Caller caller;
    private final boolean changing;
    private final Set<String> known = new HashSet<>();

    Attributes(String resource, JsonNode node, Caller caller) {
        this(resource, node, caller, false);
    }

    private Attributes(String resource, JsonNode node, Caller caller, boolean changing) {
        if (!node.isObject()) {
            throw Refusals.invalid("HTTPBadRequest", "The value of '" + resource + "' must be a JSON object.");
        }
        this.resource = resource;
        this.node = node;
        this.caller = caller;
        this.changing = changing;
    }

    /** The resource in a body of the form {@code {"network": {…}}}. */
    static Attributes of(@Nullable JsonNode body, String resource, Caller caller) {
        return new Attributes(resource, framed(body, resource), caller, false);
    }

    /** Those of a change: what only operators may set, others may not even name, whatever value they give. */
    static Attributes change(@Nullable JsonNode body, String resource, Caller caller) {
        return new Attributes(resource, framed(body, resource), caller, true);
    }

    private static JsonNode framed(@Nullable JsonNode body, String resource) {
        if (body == null || !body.isObject() || !body.has(resource)) {
            throw Refusals.invalid(
                    "HTTPBadRequest",
                    "Unable to find '" + resource + "' in request body. Send {\"" + resource + "\": {…}}.");
        }
        return body.path(resource);
    }

    boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    boolean isNull(String name) {
        return node.path(name).isNull();
    }

    /** Refuses null where a list cannot be taken away by it. */
    void refuseNull(String name) {
        if (has(name) && isNull(name)) {
            throw Refusals.field(name, "'null' is not a list.");
        }
    }

    JsonNode raw(String name) {
        known.add(name);
        return node.path(name);
    }

    String text(String name, int longest, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return text(name, node.path(name), longest);
    }

    static String text(String name, JsonNode value, int longest) {
        if (!value.isString()) {
            throw Refusals.field(name, "'" + brief(value) + "' is not a valid string.");
        }
        String text = value.stringValue();
        if (text.length() > longest) {
            throw Refusals.field(
                    name, "It is " + text.length() + " characters long; at most " + longest + " are allowed.");
        }
        if (text.indexOf('\0') >= 0) {
            throw Refusals.field(name, "It contains the character U+0000, which cannot be stored.");
        }
        return text;
    }

    String name(String otherwise) {
        return text("name", 255, otherwise);
    }

    String description(String otherwise) {
        return text("description", 255, otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name, node.path(name)) : otherwise;
    }

    static boolean flag(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String text = value.asString("").strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "1", "t", "yes", "y", "on" -> true;
            case "false", "0", "f", "no", "n", "off" -> false;
            default -> throw Refusals.field(name, "'" + brief(value) + "' cannot be converted to boolean.");
        };
    }

    /** An integer; clients send numbers as text too. Null comes of the default only. */
    @Nullable
    Integer number(String name, int least, int most, @Nullable Integer otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.path(name);
        String text = value.asString("");
        if (!(value.isIntegralNumber() || value.isString()) || !text.matches("-?\\d{1,10}")) {
            throw Refusals.field(name, "'" + brief(value) + "' is not an integer.");
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw Refusals.field(name, "'" + number + "' is not in the range " + least + " to " + most + ".");
        }
        return (int) number;
    }

    @Nullable
    UUID uuid(String name, @Nullable UUID otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.path(name);
        return value.isNull() ? null : asUuid(name, value);
    }

    static UUID asUuid(String name, JsonNode value) {
        return Paths.parse(value.asString(""))
                .orElseThrow(() -> Refusals.field(name, "'" + brief(value) + "' is not a valid UUID."));
    }

    UUID requiredUuid(String name) {
        UUID value = uuid(name, null);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    String requiredText(String name, int longest) {
        if (!has(name)) {
            throw missing(name);
        }
        return text(name, longest, "");
    }

    Refusal missing(String name) {
        return Refusals.invalid(
                "HTTPBadRequest", "Failed to parse request. Required attribute '" + name + "' not specified");
    }

    /** One of the words, or the default when nothing is said. */
    @Nullable
    String word(String name, Set<String> words, @Nullable String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        String value = text(name, 255, "");
        if (!words.contains(value)) {
            throw Refusals.field(
                    name, "'" + value + "' is not in " + words.stream().sorted().toList() + ".");
        }
        return value;
    }

    <T> List<T> list(String name, int most, List<T> otherwise, Function<JsonNode, T> item) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.path(name);
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw Refusals.field(name, "'" + brief(value) + "' is not a list.");
        }
        if (value.size() > most) {
            throw Refusals.field(name, "It has " + value.size() + " entries; at most " + most + " are allowed.");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode one : value) {
            items.add(item.apply(one));
        }
        if (new HashSet<>(items).size() != items.size()) {
            throw Refusals.field(name, "It names the same entry twice.");
        }
        return List.copyOf(items);
    }

    /** An IP address in its canonical form. */
    static String ip(String name, JsonNode value) {
        return Ip.parse(value.asString(""))
                .map(Ip::toString)
                .orElseThrow(() -> Refusals.field(name, "'" + brief(value) + "' is not a valid IP address"));
    }

    /** A CIDR; its host bits, if it has some, are cleared. */
    static String cidr(String name, JsonNode value) {
        return prefix(name, value).canonical().toString();
    }

    /** A CIDR without host bits, as the destination of a route is. */
    static String routeCidr(String name, JsonNode value) {
        Prefix prefix = prefix(name, value);
        if (!prefix.equals(prefix.canonical())) {
            throw Refusals.field(
                    name,
                    "'" + brief(value) + "' is not a recognized CIDR, '" + prefix.canonical() + "' is recommended");
        }
        return prefix.toString();
    }

    private static Prefix prefix(String name, JsonNode value) {
        Optional<Prefix> prefix =
                value.asString("").contains("/") ? Prefix.parse(value.asString("")) : Optional.empty();
        return prefix.orElseThrow(() -> Refusals.field(name, "'" + brief(value) + "' is not a valid IP subnet"));
    }

    static String mac(String name, JsonNode value) {
        String text = value.asString("");
        if (!MAC.matcher(text).matches()) {
            throw Refusals.field(name, "'" + brief(value) + "' is not a valid MAC address");
        }
        String mac = text.toLowerCase(Locale.ROOT).replace('-', ':');
        boolean group = (Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1;
        if (group || mac.equals("00:00:00:00:00:00")) {
            throw Refusals.field(name, "'" + mac + "' is a group address, which no port can have");
        }
        return mac;
    }

    boolean isEmpty() {
        return node.isEmpty();
    }

    /** The project that the new resource shall belong to; another than the caller's own only for operators. */
    String project() {
        String tenant = text("tenant_id", 255, caller.project());
        String said = text("project_id", 255, tenant);
        if (has("project_id") && has("tenant_id") && !said.equals(tenant)) {
            throw Refusals.invalid("HTTPBadRequest", "'project_id' and 'tenant_id' do not match");
        }
        if (!said.equals(caller.project()) && !caller.isAdmin()) {
            throw Refusals.anothersProject();
        }
        return said.isEmpty() ? caller.project() : said;
    }

    /** Gives {@code value} back; refuses when somebody but an operator made it something else than the default, or names it in a change. */
    <T> T operatorsOnly(String name, T value, @Nullable T otherwise) {
        if (!caller.isAdmin() && (!Objects.equals(value, otherwise) || changing && node.has(name))) {
            throw Refusals.operatorsOnly("set '" + name + "' of a " + resource);
        }
        return value;
    }

    /** Refuses when somebody but an operator names it at all: it has no default that one could say. */
    void operatorsName(String name) {
        if (node.has(name) && !caller.isAdmin()) {
            throw Refusals.operatorsOnly("set '" + name + "' of a " + resource);
        }
    }

    /** Refuses attributes that were sent but never read. */
    void finish() {
        List<String> strange = new ArrayList<>();
        node.propertyNames().forEach(name -> {
            if (!known.contains(name)) {
                strange.add(name.length() > 100 ? name.substring(0, 100) + "…" : name);
            }
        });
        if (!strange.isEmpty()) {
            throw Refusals.invalid("HTTPBadRequest", "Unrecognized attribute(s) '" + String.join(", ", strange) + "'");
        }
    }

    static String brief(JsonNode value) {
        String text = value.isString() ? value.stringValue() : value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
