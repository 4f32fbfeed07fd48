package dev.unkai.base.proof;

import java.util.List;

/** An exported history that is not what the ledger wrote. */
public final class BrokenHistory extends Exception {
    private static final long serialVersionUID = 1;

    private final long line;
    private final HistoryFault fault;
    private final transient List<Long> details;

    BrokenHistory(long line, HistoryFault fault, Long... details) {
        super(fault + " in line " + line + " " + List.of(details), null, false, false);
        this.line = line;
        this.fault = fault;
        this.details = List.of(details);
    }

    /** The first wrong line, from 1. */
    public long line() {
        return line;
    }

    public HistoryFault fault() {
        return fault;
    }

    /** The numbers that {@link HistoryFault} names for the fault. */
    public List<Long> details() {
        return details;
    }
}
