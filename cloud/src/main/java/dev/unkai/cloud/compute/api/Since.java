package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;

/** Addresses that exist from a microversion on, or until one. */
final class Since {
    private Since() {}

    static void first(Microversion version, int minor) {
        if (version.before(minor)) {
            throw Refusal.notFound(
                    "This address exists from microversion 2." + minor + " on; the request asked for " + version + ".");
        }
    }

    static void last(Microversion version, int minor) {
        if (version.atLeast(minor + 1)) {
            throw Refusal.notFound(
                    "This address exists up to microversion 2." + minor + "; the request asked for " + version + ".");
        }
    }

    /** An action that ended with a microversion is then as unknown as any other word. */
    static void lastAction(Microversion version, int minor, String action) {
        if (version.atLeast(minor + 1)) {
            throw Refusal.notFound("The action " + action + " exists up to microversion 2." + minor
                    + "; the request asked for " + version + ".");
        }
    }

    static Refusal unsupported(String what) {
        return new Refusal(
                Refusal.Kind.NOT_SUPPORTED,
                "NotImplemented",
                "The requested functionality is not supported: " + what + " is not offered here.");
    }
}
