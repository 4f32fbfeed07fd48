package dev.unkai.identity.api;

import dev.unkai.base.openapi.Shape;

/** That something was taken, whatever becomes of it. */
@Shape(name = "Accepted")
public record Accepted(boolean accepted) {
    public static final Accepted YES = new Accepted(true);
}
