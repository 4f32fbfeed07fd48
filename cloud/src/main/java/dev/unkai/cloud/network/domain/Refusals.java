package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Refusals under the type names that clients of the Network API know. */
public final class Refusals {
    /** The code of {@link #anothersProject}. */
    public static final String ANOTHERS_PROJECT = "AnothersProject";

    private Refusals() {}

    /** @param resource its name as in a sentence; the reference's type is made of its words, as in {@code SubnetPoolNotFound} */
    public static Refusal notFound(String resource, Object id) {
        String type = Arrays.stream(resource.replace("QoS", "Qos").split(" "))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining())
                + "NotFound";
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

    /** Of a thing that the caller sees; answered like one that is not there, as in the reference, and recorded as what it is. */
    public static Refusal notYoursToChange(String resource, UUID id) {
        Refusal none = notFound(resource, id);
        return new Refusal(Refusal.Kind.FORBIDDEN, none.code(), none.sentence());
    }

    /** Answered as a fault of the request, as in the reference, and recorded as what it is. */
    public static Refusal anothersProject() {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                ANOTHERS_PROJECT,
                "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request requires admin privileges");
    }

    public static Refusal operatorsOnly(String what) {
        return new Refusal(Refusal.Kind.FORBIDDEN, "PolicyNotAuthorized", "Only an operator may " + what + ".");
    }
}
