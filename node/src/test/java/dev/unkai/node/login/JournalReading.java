package dev.unkai.node.login;

import java.io.IOException;

/** Prints what the journal of the process's own namespace says. */
final class JournalReading {
    private JournalReading() {}

    public static void main(String[] arguments) throws IOException {
        if (!Journal.isThere()) {
            throw new IllegalStateException("There is no journal.");
        }
        Journal journal = new Journal();
        System.out.println("end of none");
        LogInRecords.Batch all = journal.after("");
        all.logIns().forEach(one -> System.out.println(one.getUser() + "|" + one.getFrom() + "|" + one.getTerminal()));
        System.out.println("again: " + (journal.after(all.next()).logIns().isEmpty() ? "nothing" : "something"));
        System.out.println("the end: " + (journal.after(journal.end()).logIns().isEmpty() ? "nothing" : "something"));
    }
}
