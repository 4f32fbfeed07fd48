package dev.unkai.cloud.network.store;

import java.util.UUID;

/** A realm within which subnet pools' addresses are unique, so that they can be routed without translation. */
public record AddressScope(UUID id, String project, String name, int version, boolean shared) {}
