package dev.unkai.identity.backup;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.identity.backup.BackupTrouble.Kind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Writes everything in the database as of one instant: one read-only, repeatable-read transaction and PostgreSQL's own COPY, as a stream.
 * Any role that may read all tables will do. A table that it may not read, or of which row security might hide rows from it, is a
 * reason to fail: nothing is ever left out.
 */
final class DumpWriter {
    static final String TITLE = "unkai identity";
    static final int FORMAT = 1;
    static final byte END = 0;
    static final byte TABLE = 1;
    static final byte SEQUENCE = 2;
    /** Flyway makes and fills it itself; what it says is in the dump's beginning. */
    static final String MIGRATIONS = "flyway_schema_history";

    private static final String TABLES = """
            select c.relname, has_table_privilege(c.oid, 'select') as readable,
                   not c.relrowsecurity
                   or (pg_has_role(c.relowner, 'usage') and not c.relforcerowsecurity)
                   or (exists (select from pg_policy p
                                where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
                                  and pg_get_expr(p.polqual, p.polrelid) = 'true'
                                  and exists (select from unnest(p.polroles) as role
                                               where role = 0 or pg_has_role(role, 'usage')))
                       and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive)) as whole,
                   array(select a.attname::text from pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                          order by a.attnum) as columns
              from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> ?
             order by c.relname
            """;

    private static final String SEQUENCES = """
            select c.relname, has_sequence_privilege(c.oid, 'select') as readable, s.last_value
              from pg_class c join pg_sequences s on s.schemaname = 'public' and s.sequencename = c.relname
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
             order by c.relname
            """;

    private final DatabaseAccess reader;

    DumpWriter(DatabaseAccess reader) {
        this.reader = reader;
    }

    /** A connection of the reader for {@link #write}, beside the pools: its settings are not those of requests. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(reader.url(), reader.user(), reader.password());
    }

    /** @param whole whether row security hides none of its rows */
    private record Source(String name, boolean readable, boolean whole, List<String> columns) {}

    /** Writes the dump and returns what it holds; neither flushes nor closes. */
    Dump write(Connection connection, OutputStream out, Instant now) throws IOException, SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local datestyle = 'ISO, YMD'");
            List<String> migrations = migrations(statement);
            DataOutputStream data = new DataOutputStream(out);
            data.writeUTF(TITLE);
            data.writeInt(FORMAT);
            data.writeLong(now.toEpochMilli());
            writeTexts(data, migrations);
            List<Dump.Table> tables = new ArrayList<>();
            for (Source source : sources(connection)) {
                tables.add(copy(connection, source, data));
            }
            writeSequences(statement, data);
            data.writeByte(END);
            return new Dump(Instant.ofEpochMilli(now.toEpochMilli()), migrations, List.copyOf(tables));
        } finally {
            connection.rollback();
        }
    }

    private static List<String> migrations(Statement statement) throws SQLException {
        List<String> versions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select version from " + MIGRATIONS
                + " where success and version is not null order by installed_rank")) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        return List.copyOf(versions);
    }

    private static List<Source> sources(Connection connection) throws SQLException {
        List<Source> sources = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, MIGRATIONS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String[] columns = (String[]) rows.getArray("columns").getArray();
                    sources.add(new Source(
                            rows.getString("relname"),
                            rows.getBoolean("readable"),
                            rows.getBoolean("whole"),
                            List.of(columns)));
                }
            }
        }
        return sources;
    }

    private Dump.Table copy(Connection connection, Source source, DataOutputStream data)
            throws IOException, SQLException {
        needReadable(source.readable(), source.name());
        needWhole(source);
        data.writeByte(TABLE);
        data.writeUTF(source.name());
        writeTexts(data, source.columns());
        MessageDigest digest = sha256();
        long rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "copy " + target(source.name(), source.columns()) + " to stdout",
                        new DigestOutputStream(new Blocks(data), digest));
        byte[] hash = digest.digest();
        data.writeInt(0);
        data.writeLong(rows);
        data.write(hash);
        return new Dump.Table(
                source.name(), source.columns(), rows, HexFormat.of().formatHex(hash));
    }

    private void writeSequences(Statement statement, DataOutputStream data) throws IOException, SQLException {
        try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                needReadable(rows.getBoolean("readable"), rows.getString("relname"));
                long value = rows.getLong("last_value");
                if (!rows.wasNull()) {
                    data.writeByte(SEQUENCE);
                    data.writeUTF(rows.getString("relname"));
                    data.writeLong(value);
                }
            }
        }
    }

    private void needWhole(Source source) throws BackupTrouble {
        if (!source.whole()) {
            throw new BackupTrouble(
                    Kind.UNREADABLE,
                    "Row-level security may hide rows of " + source.name() + " from the database role " + reader.user()
                            + ", so that a backup would lack them. Give it a policy that shows it all.");
        }
    }

    private void needReadable(boolean readable, String name) throws BackupTrouble {
        if (!readable) {
            throw new BackupTrouble(
                    Kind.UNREADABLE,
                    "The database role " + reader.user() + " may not read " + name + ", so that a backup would lack it."
                            + " Grant it \"select\".");
        }
    }

    /** The table with its columns, quoted, for COPY. */
    static String target(String table, List<String> columns) {
        return quoted(table) + " ("
                + String.join(", ", columns.stream().map(DumpWriter::quoted).toList()) + ")";
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }

    private static void writeTexts(DataOutputStream data, List<String> texts) throws IOException {
        data.writeInt(texts.size());
        for (String text : texts) {
            data.writeUTF(text);
        }
    }

    /** Each write is a block with its length before it, since nobody knows a table's length beforehand. */
    private static final class Blocks extends OutputStream {
        private final DataOutputStream data;

        Blocks(DataOutputStream data) {
            this.data = data;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                data.writeInt(length);
                data.write(bytes, offset, length);
            }
        }
    }
}
