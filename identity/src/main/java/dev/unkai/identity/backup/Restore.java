package dev.unkai.identity.backup;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Migration;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupTrouble.Kind;
import dev.unkai.wire.event.CadfEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings a backup into an empty database. The file is read to its end before anything is changed. Then the schema is made as it was when the
 * backup was, all rows go in by one transaction, in which the constraints between tables are put back and so checked, and at last the
 * schema is brought to this program's version.
 *
 * <p>What was taken back between the backup and the restore cannot be known. So everything is: the signing keys do not come with the rows, and
 * without them no token from before is good anywhere, whatever clocks say (decision 0056).
 */
final class Restore {
    private final DatabaseAccess owner;
    private final String apiUser;
    private final String systemUser;
    private final KeySeal seal;
    private final Clock clock;

    Restore(DatabaseAccess owner, String apiUser, String systemUser, KeySeal seal, Clock clock) {
        this.owner = owner;
        this.apiUser = apiUser;
        this.systemUser = systemUser;
        this.seal = seal;
        this.clock = clock;
    }

    /** @throws BackupTrouble with nothing changed: damaged, another key, a newer version, or a database that is not empty */
    Dump run(DumpReader.Source file) throws IOException, SQLException {
        Dump dump = DumpReader.check(file, seal);
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password())) {
            needEmpty(connection);
        }
        if (!Migration.unknown(owner, dump.migrations()).isEmpty()) {
            throw new BackupTrouble(
                    Kind.NEWER,
                    "The backup was made by a newer version of Unkai. Nothing was changed; restore it with that version.");
        }
        Migration.runOnly(owner, apiUser, systemUser, dump.migrations());
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password())) {
            connection.setAutoCommit(false);
            load(connection, file);
            startAnew(connection, dump);
            connection.commit();
        }
        Migration.run(owner, apiUser, systemUser);
        return dump;
    }

    private static void needEmpty(Connection connection) throws SQLException, BackupTrouble {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select 1 from pg_class"
                        + " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S'))")) {
            if (row.next() && row.getBoolean(1)) {
                throw new BackupTrouble(Kind.OCCUPIED, "The database is not empty. Nothing was changed.");
            }
        }
    }

    private record Constraint(String table, String name, String definition) {}

    private void load(Connection connection, DumpReader.Source file) throws IOException, SQLException {
        List<Constraint> constraints = constraintsBetweenTables(connection);
        try (Statement statement = connection.createStatement()) {
            for (Constraint constraint : constraints) {
                statement.execute("alter table " + constraint.table() + " drop constraint "
                        + DumpWriter.quoted(constraint.name()));
            }
            // Migrations put first rows into some tables.
            for (String table : tables(connection)) {
                statement.execute("truncate " + DumpWriter.quoted(table));
            }
            DumpReader.read(file, seal, new Loading(connection));
            for (Constraint constraint : constraints) {
                statement.execute("alter table " + constraint.table() + " add constraint "
                        + DumpWriter.quoted(constraint.name()) + " " + constraint.definition());
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select relname from pg_class"
                + " where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> ?")) {
            statement.setString(1, DumpWriter.MIGRATIONS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private static List<Constraint> constraintsBetweenTables(Connection connection) throws SQLException {
        List<Constraint> constraints = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
                         where connamespace = 'public'::regnamespace and contype = 'f' and conparentid = 0
                         order by conrelid::regclass::text, conname
                        """)) {
            while (rows.next()) {
                constraints.add(new Constraint(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return constraints;
    }

    /** The restored database is another one than that which was lost: its tokens are void, and its events have a source of their own. */
    private void startAnew(Connection connection, Dump dump) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement tell =
                        connection.prepareStatement("insert into outbox (event, project_id) values (?, ?)")) {
            statement.execute("delete from signing_key");
            // The ledger takes a source's positions only onwards. What was on its way at the backup may so be told
            // twice, but never lost.
            statement.execute("update outbox_head set source = gen_random_uuid(), last_position = 0");
            statement.execute("update outbox set position = null");
            CadfEvent event = event(dump, provider(statement));
            tell.setString(1, event.json());
            tell.setString(2, event.projectId());
            tell.executeUpdate();
        }
    }

    private static @Nullable String provider(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(BackupRuns.PROVIDER)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private CadfEvent event(Dump dump, @Nullable String project) {
        return CadfEvent.bySystem(
                        "identity",
                        "restore",
                        new CadfEvent.Target("identity", "identity/database", "identity", project),
                        clock.instant(),
                        null)
                .with(Map.of(
                        "as_of", dump.madeAt().toString(),
                        "rows", String.valueOf(dump.rows()),
                        "tokens", "all from before are void"));
    }

    /** Puts the rows of one table after the other into the database. */
    private static final class Loading implements DumpReader.Target {
        private final Connection connection;
        private String table = "";
        private List<String> columns = List.of();
        private @Nullable CopyIn copy;

        Loading(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void begin(List<String> migrations) {}

        @Override
        public void table(String name, List<String> columns) throws IOException {
            this.table = name;
            this.columns = columns;
            try {
                copy = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + DumpWriter.target(name, columns) + " from stdin");
            } catch (SQLException e) {
                throw notTaken(e);
            }
        }

        @Override
        public void rows(byte[] block) throws IOException {
            try {
                open().writeToCopy(block, 0, block.length);
            } catch (SQLException e) {
                throw notTaken(e);
            }
        }

        @Override
        public void end(long rows) throws IOException {
            try {
                long taken = open().endCopy();
                if (taken != rows) {
                    throw new IOException(taken + " of " + rows + " rows of " + table + " were taken.");
                }
            } catch (SQLException e) {
                throw notTaken(e);
            }
        }

        @Override
        public void sequence(String name, long lastValue) throws IOException {
            try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
                set.setString(1, DumpWriter.quoted(name));
                set.setLong(2, lastValue);
                set.execute();
            } catch (SQLException e) {
                throw new IOException("The sequence " + name + " cannot be set: " + e.getMessage(), e);
            }
        }

        private CopyIn open() {
            if (copy == null) {
                throw new IllegalStateException("Rows before their table");
            }
            return copy;
        }

        private IOException notTaken(SQLException e) {
            return new IOException(
                    "The database does not take the rows of " + table + " " + columns + ": " + e.getMessage(), e);
        }
    }
}
