package dev.unkai.identity.group;

import dev.unkai.identity.api.Extra;

/** Accounts of one domain that hold roles together. */
public record Group(String id, String domainId, String name, String description, Extra extra) {}
