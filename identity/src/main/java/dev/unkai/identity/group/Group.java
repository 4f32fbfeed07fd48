package dev.unkai.identity.group;

/** Accounts of one domain that hold roles together. */
public record Group(String id, String domainId, String name, String description) {}
