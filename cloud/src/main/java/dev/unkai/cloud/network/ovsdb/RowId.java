package dev.unkai.cloud.network.ovsdb;

import java.util.UUID;

/** A reference to a row: either one that exists, or one that the same transaction inserts under a name. */
public sealed interface RowId {
    record Existing(UUID uuid) implements RowId {}

    /** @param name an OVSDB id: letters, digits and underscores, not starting with a digit */
    record Named(String name) implements RowId {}
}
