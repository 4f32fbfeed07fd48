package dev.unkai.simulation;

/** The process dies here: an error, so that no code of the process catches it and goes on. */
final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied(Life life) {
        super(life + " died", null, false, false);
    }
}
