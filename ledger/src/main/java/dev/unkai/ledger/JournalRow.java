package dev.unkai.ledger;

import dev.unkai.base.proof.JournalLeaf;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the journal holds of a stored event, without its text. */
record JournalRow(JournalLeaf leaf, byte[] seal) {
    static final String COLUMNS = "number, source, position, log, place, hash, seal";

    static JournalRow read(ResultSet row) throws SQLException {
        return new JournalRow(
                new JournalLeaf(
                        row.getLong("number"),
                        row.getString("source"),
                        row.getLong("position"),
                        row.getString("log"),
                        row.getLong("place"),
                        row.getBytes("hash")),
                row.getBytes("seal"));
    }
}
