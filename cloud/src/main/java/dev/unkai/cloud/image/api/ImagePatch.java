package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * The body of a PATCH: JSON patch operations (RFC 6902) limited to whole attributes, in the two media types of the
 * Image API: 2.1 with {@code op} and {@code path}, and the older 2.0 with the operation as the key of the path.
 */
record ImagePatch(List<Operation> operations) {
    static final String V2_1 = "application/openstack-images-v2.1-json-patch";
    static final String V2_0 = "application/openstack-images-v2.0-json-patch";
    private static final Set<String> VERBS = Set.of("add", "remove", "replace");
    private static final Pattern STRAY_TILDE = Pattern.compile("~(?![01])");
    private static final int MOST_OPERATIONS = 256;

    /** @param value null for a removal */
    record Operation(String verb, String key, @Nullable JsonNode value, boolean older) {}

    static ImagePatch parse(JsonNode body, @Nullable String contentType) {
        boolean older = isOlder(contentType);
        if (!body.isArray()) {
            throw Refusal.invalid("Request body must be a JSON array of operation objects.");
        }
        if (body.size() > MOST_OPERATIONS) {
            throw Refusal.invalid("A patch can have at most " + MOST_OPERATIONS + " operations.");
        }
        List<Operation> operations = new ArrayList<>();
        for (JsonNode one : body) {
            if (!one.isObject()) {
                throw Refusal.invalid("Operations must be JSON objects.");
            }
            operations.add(older ? older(one) : current(one));
        }
        return new ImagePatch(List.copyOf(operations));
    }

    void applyTo(ImageEdit edit) {
        for (Operation operation : operations) {
            if (operation.value() != null) {
                ImageEdit.refuseOtherType(operation.key(), operation.value());
            }
            if (operation.older() && operation.verb().equals("add") && edit.has(operation.key())) {
                throw Refusal.conflict("Property " + operation.key() + " already present.");
            }
            if (!operation.verb().equals("add")
                    && !edit.has(operation.key())
                    && !ImageEdit.READ_ONLY.contains(operation.key())) {
                throw Refusal.conflict("Property " + operation.key() + " does not exist.");
            }
            if (operation.value() == null) {
                edit.remove(operation.key());
            } else {
                edit.set(operation.key(), operation.value());
            }
        }
    }

    private static boolean isOlder(@Nullable String contentType) {
        String essence = "";
        try {
            if (contentType != null) {
                MediaType type = MediaType.parseMediaType(contentType);
                essence = type.getType() + "/" + type.getSubtype();
            }
        } catch (org.springframework.http.InvalidMediaTypeException e) {
            essence = "";
        }
        if (!essence.equals(V2_1) && !essence.equals(V2_0)) {
            throw new Refusal(Refusal.Kind.UNSUPPORTED_TYPE, "UnsupportedMediaType", "Send the patch as " + V2_1 + ".");
        }
        return essence.equals(V2_0);
    }

    private static Operation current(JsonNode one) {
        JsonNode verb = one.get("op");
        JsonNode path = one.get("path");
        if (verb == null || !verb.isString() || !VERBS.contains(verb.stringValue())) {
            throw Refusal.invalid("Operation must have an \"op\" of add, replace or remove.");
        }
        if (path == null || !path.isString()) {
            throw Refusal.invalid("Operation must have a \"path\", such as \"/name\".");
        }
        return operation(verb.stringValue(), path.stringValue(), one.get("value"), false);
    }

    private static Operation older(JsonNode one) {
        String found = null;
        for (String verb : VERBS) {
            if (one.has(verb)) {
                if (found != null) {
                    throw Refusal.invalid(
                            "Operation objects must contain only one member named add, remove or replace.");
                }
                found = verb;
            }
        }
        JsonNode path = found == null ? null : one.get(found);
        if (found == null || path == null || !path.isString()) {
            throw Refusal.invalid("Operation objects must contain exactly one member named add, remove or replace.");
        }
        return operation(found, path.stringValue(), one.get("value"), true);
    }

    private static Operation operation(String verb, String path, @Nullable JsonNode value, boolean older) {
        if (path.matches("/locations/[^/]+") && !verb.equals("replace")) {
            // Where data lies is not shown here, and what is not shown cannot be changed: the reference's own setting
            // and answer.
            throw Refusal.forbidden("It's not allowed to " + verb + " locations if locations are invisible.");
        }
        if (!path.startsWith("/") || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw Refusal.invalid(
                    "The path of an operation must be a slash and one attribute name, such as \"/name\".");
        }
        if (STRAY_TILDE.matcher(path).find()) {
            throw Refusal.invalid("Write \"~\" in the path of an operation as \"~0\" and \"/\" as \"~1\".");
        }
        String key = path.substring(1).replace("~1", "/").replace("~0", "~");
        if (verb.equals("remove")) {
            return new Operation(verb, key, null, older);
        }
        if (value == null) {
            throw Refusal.invalid("Operation \"" + verb + "\" requires a member named \"value\".");
        }
        return new Operation(verb, key, value, older);
    }
}
