package dev.unkai.identity.role;

/** A role as tokens name it. */
public record HeldRole(String id, String name) {}
