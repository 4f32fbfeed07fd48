package dev.unkai.base.access;

/** Someone whose database work is limited to a reach. */
public interface Scoped {
    Reach reach();

    /** Whether it changes nothing, which the database then holds too. */
    default boolean looksOnly() {
        return false;
    }
}
