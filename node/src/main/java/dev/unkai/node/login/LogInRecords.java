package dev.unkai.node.login;

import dev.unkai.wire.node.LogIn;
import java.io.IOException;
import java.util.List;

/** The machine's own records of log-ins. */
interface LogInRecords {
    /** The most that are given at once. */
    int MOST = 100;

    /**
     * What was read.
     *
     * @param next the position from which to go on
     */
    record Batch(List<LogIn> logIns, String next) {}

    /** A word of its own before each position: one of other records means nothing here. */
    String kind();

    /** The position behind all that there is now. */
    String end() throws IOException;

    /** What came after the position. */
    Batch after(String position) throws IOException;
}
