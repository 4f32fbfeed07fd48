package dev.unkai.identity.api;

/** An id with its name. */
public record Named(String id, String name) {}
