package dev.unkai.simulation;

/** Something that must never be is so. */
final class Broken extends Error {
    private static final long serialVersionUID = 1L;

    Broken(String what) {
        super(what);
    }

    Broken(String what, Throwable cause) {
        super(what, cause);
    }
}
