package dev.unkai.ledger;

import dev.unkai.base.proof.EventLeaf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** An event as it is stored: its entry in the journal, its text, and what it is found by. */
record Row(JournalRow entry, Instant received, String body, Facts facts) {
    static final String COLUMNS = "number, source, position, place, hash, seal, received_at, body, " + Facts.READ;

    static Row read(ResultSet row) throws SQLException {
        return new Row(
                JournalRow.read(row),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("body"),
                Facts.read(row));
    }

    long number() {
        return entry.leaf().number();
    }

    EventLeaf leaf() {
        return new EventLeaf(entry.leaf().log(), entry.leaf().place(), received, body);
    }
}
