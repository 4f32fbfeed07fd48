package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.history.HistoryFeed.Fed;
import java.util.List;

/** Events on their way to one place, batch after batch. */
public interface Delivery extends AutoCloseable {
    /**
     * Sends them behind those before.
     *
     * @return whether they are known to be taken; else {@link #finish} will tell that of all
     */
    boolean add(List<Fed> events) throws NotTaken;

    /** Returns when all that was added is taken. */
    void finish() throws NotTaken;

    /** Lets go, taken or not. */
    @Override
    void close();
}
