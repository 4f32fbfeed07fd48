package dev.unkai.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;

/** What stays of a dropped event: its entry in the journal, and with which month it went. */
record Gone(JournalRow entry, Month month) {
    static final String COLUMNS = JournalRow.COLUMNS + ", class, month";

    long number() {
        return entry.leaf().number();
    }

    static Gone read(ResultSet row) throws SQLException {
        return new Gone(
                JournalRow.read(row),
                new Month(
                        EventClass.named(row.getString("class")).orElseThrow(),
                        YearMonth.from(row.getObject("month", LocalDate.class))));
    }
}
