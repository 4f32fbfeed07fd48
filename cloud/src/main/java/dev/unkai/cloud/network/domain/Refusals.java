package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import java.util.UUID;

/** Refusals under the type names that clients of the Network API know. */
public final class Refusals {
    private Refusals() {}

    public static Refusal notFound(String resource, Object id) {
        String type = resource.replace(" ", "") + "NotFound";
        return new Refusal(Refusal.Kind.NOT_FOUND, type, resource + " " + id + " could not be found.");
    }

    public static Refusal conflict(String type, String sentence) {
        return new Refusal(Refusal.Kind.CONFLICT, type, sentence);
    }

    public static Refusal invalid(String type, String sentence) {
        return new Refusal(Refusal.Kind.INVALID, type, sentence);
    }

    public static Refusal invalid(String sentence) {
        return new Refusal(Refusal.Kind.INVALID, "InvalidInput", "Invalid input for operation: " + sentence);
    }

    public static Refusal field(String attribute, String reason) {
        return new Refusal(
                Refusal.Kind.INVALID, "HTTPBadRequest", "Invalid input for " + attribute + ". Reason: " + reason);
    }

    public static Refusal notYours(String resource, UUID id) {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                "PolicyNotAuthorized",
                resource + " " + id + " belongs to another project; only its owner may change it.");
    }

    public static Refusal operatorsOnly(String what) {
        return new Refusal(Refusal.Kind.FORBIDDEN, "PolicyNotAuthorized", "Only an operator may " + what + ".");
    }
}
