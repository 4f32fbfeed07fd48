package dev.unkai.cloud.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.cloud.compute.LocalDrives;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.ServerStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asks for servers as the compute API does and looks at them, over connections of its own that no test breaks. */
public final class ServerRows implements AutoCloseable {
    private final HikariDataSource pool;
    private final Transactions transactions;
    private final ServerStore servers = new ServerStore();
    private final InstanceActions actions = new InstanceActions();

    public ServerRows(PostgresFixture.Database database) {
        pool = database.system().pool("test", 3);
        transactions = new Transactions(pool, pool, new Wakeups());
    }

    public Transactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Asks for a server as the compute API does. */
    public UUID create(String project, int memoryMib, UUID image) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        transactions.doAsSystem(db -> {
            servers.insert(db, server(id, project, memoryMib, image, now));
            begin(db, id, project, "create", now);
        });
        return id;
    }

    public void desire(UUID id, Server.Goal goal) {
        transactions.doAsSystem(db -> {
            Server server = servers.lock(db, id).orElseThrow();
            servers.desire(db, id, goal, Instant.now());
            begin(db, id, server.projectId(), goal.name().toLowerCase(Locale.ROOT), Instant.now());
        });
    }

    public void reboot(UUID id, Server.RebootKind kind) {
        transactions.doAsSystem(db -> {
            Server server = servers.lock(db, id).orElseThrow();
            servers.reboot(db, id, kind, false, Instant.now());
            begin(db, id, server.projectId(), "reboot", Instant.now());
        });
    }

    private void begin(Db db, UUID id, String project, String action, Instant at) {
        actions.begin(db, id, project, "user", "req-" + id, action, "compute_" + action, at);
        db.wake("server");
    }

    public Server server(UUID id) {
        return transactions().asSystem(db -> servers.findEvenGone(db, id).orElseThrow());
    }

    public String status(UUID id) {
        return server(id).state().status().name();
    }

    public String fault(UUID id) {
        return Optional.ofNullable(server(id).observed().fault())
                .map(Server.Fault::message)
                .orElse("");
    }

    /** Actions recorded for the server in the history, oldest first. */
    public List<String> events(UUID id) {
        return transactions()
                .asSystem(db -> db.sql(
                                "select event::jsonb ->> 'action' from outbox where event::jsonb -> 'target' ->> 'id' = ? order by id")
                        .param(id.toString())
                        .query(String.class)
                        .list());
    }

    /** One number that a query answers. */
    public long count(String sql) {
        return transactions.asSystem(db -> db.sql(sql).query(Long.class).single());
    }

    private static Server server(UUID id, String project, int memoryMib, UUID image, Instant now) {
        return new Server(
                id,
                0,
                project,
                "user",
                new Server.Origin("req-" + id, "r-1", 0),
                new Server.Naming("web-1", "web-1", null),
                Map.of(),
                List.of(),
                new Server.Desired(Server.Goal.ACTIVE, 1, 0, Server.RebootKind.SOFT, null, false),
                new Server.Observed(null, null, Server.Sight.NONE, null, 0, "scheduling", null, null, null),
                new Server.Size("f", "f", 1, memoryMib, 1, 0, 0, Map.of()),
                new Server.Boot(
                        image, "key", "ssh-ed25519 AAAA", null, null, null, true, "MANUAL", LocalDrives.UNASKED),
                new Server.Wishes(null, null, null),
                new Server.Access("", ""),
                null,
                now,
                now,
                null);
    }
}
