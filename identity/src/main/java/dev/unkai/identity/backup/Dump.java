package dev.unkai.identity.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup says of itself, once all of it has been read and found whole.
 *
 * @param madeAt the instant of the snapshot
 * @param migrations the versions of the schema's migrations that had been applied, oldest first
 */
public record Dump(Instant madeAt, List<String> migrations, List<Table> tables) {
    /**
     * A table's content.
     *
     * @param rows how many
     * @param hash SHA-256 over the rows in PostgreSQL's COPY text format, hexadecimal
     */
    public record Table(String name, List<String> columns, long rows, String hash) {}

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
