package dev.unkai.base.event;

import java.util.List;

/** Where recorded events go: the ledger. A port, since tests cut it off. */
public interface EventSink {
    /** An event at its place in the source's gapless order, starting at 1. */
    record Positioned(long position, String json) {}

    /** Stores the events or throws; storing the same position of a source again changes nothing. */
    void append(String source, List<Positioned> events);
}
