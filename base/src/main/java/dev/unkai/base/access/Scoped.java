package dev.unkai.base.access;

/** Someone whose database work is limited to a reach. */
public interface Scoped {
    Reach reach();
}
