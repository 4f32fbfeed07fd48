package dev.unkai.simulation;

/** One run of one process, from its start until it dies. What a dead process was about to do is never done. */
final class Life {
    /** What is outside of all processes: customers, cables, guests. */
    static final Life WORLD = new Life("world");

    private final String name;
    private boolean over;

    Life(String name) {
        this.name = name;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
