package dev.unkai.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.TurnedClock;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A ledger's inside on a real database, with a clock that the test sets, and its database's owner as an intruder. */
final class LedgerFixture implements AutoCloseable {
    static final String A = "project-a";
    static final String B = "project-b";
    static final String SOURCE = "cloud/x";

    private static final List<String> TABLES =
            List.of("event", "subtree", "head", "round", "round_head", "log_end", "source_end");

    final TurnedClock clock = new TurnedClock(Instant.parse("2026-04-01T00:00:00Z"));
    final Transactions transactions;
    final LedgerKeys keys;
    final Anchor anchor;
    final EventLog log;
    final Search search;
    final HeadSigner signer;
    final Acts acts;
    final Holds holds;
    Auditor auditor;

    private final List<HikariDataSource> pools;
    private final Transactions owner;
    final Findings findings = new Findings(clock);
    private long position;
    private long keptPosition;

    LedgerFixture(Path data) {
        var database = PostgresFixture.database("ledger").migrated();
        pools = List.of(
                database.api().pool("api", 1),
                database.system().pool("system", 2),
                database.owner().pool("owner", 1));
        transactions = new Transactions(pools.get(0), pools.get(1), new Wakeups());
        owner = new Transactions(pools.get(2), pools.get(2), new Wakeups());
        keys = LedgerKeys.at(data.resolve("ledger.key"));
        anchor = new Anchor(data.resolve("last-round"));
        log = new EventLog(transactions, keys, findings, clock);
        search = new Search(transactions);
        signer = new HeadSigner(transactions, keys, anchor, findings, clock);
        acts = new Acts(keys, clock);
        holds = new Holds(transactions, acts, clock);
        auditor = new Auditor(transactions, keys, acts, anchor, findings, clock);
    }

    /** So many more events of a project, each a second after the one before. */
    void happen(String project, int events) {
        List<Positioned> batch = LongStream.rangeClosed(position + 1, position + events)
                .mapToObj(n -> event(n, project, "server-" + n))
                .toList();
        position += events;
        log.append(SOURCE, batch);
        clock.turn(Duration.ofSeconds(1));
    }

    static Positioned event(long position, String project, String target) {
        return new Positioned(
                position,
                CadfEvent.bySystem(
                                "cloud",
                                "create",
                                new Target(target, "compute/server", "web", project),
                                Instant.EPOCH,
                                null)
                        .json());
    }

    /** Lets a minute pass and signs. */
    void sign() {
        clock.turn(Duration.ofMinutes(1));
        signer.step();
    }

    /** One whole pass of the auditor; what has been found until then. */
    List<Finding> audit() {
        long passes = auditor.state().passes();
        while (auditor.state().passes() == passes) {
            auditor.step();
        }
        return read(db -> Findings.newest(db, 100));
    }

    <T> T read(Function<Db, T> query) {
        return transactions.asSystem(query);
    }

    long count(String table) {
        return read(
                db -> db.sql("select count(*) from " + table).query(Long.class).single());
    }

    /** What the owner of the database does to it. */
    void asOwner(String... statements) {
        owner.doAsSystem(db -> {
            for (String statement : statements) {
                if (statement.startsWith("select")) {
                    db.sql(statement).query().listOfRows();
                } else {
                    db.sql(statement).update();
                }
            }
        });
    }

    /** Keeps the whole ledger as it is now. */
    void keep() {
        keptPosition = position;
        TABLES.forEach(table -> asOwner("create table kept_" + table + " as table " + table));
    }

    /** The ledger as it was kept, and an auditor who has seen nothing else. */
    void putBack() {
        position = keptPosition;
        asOwner("truncate " + String.join(", ", TABLES) + ", finding, outbox");
        TABLES.forEach(table -> asOwner("insert into " + table + " select * from kept_" + table));
        auditor = new Auditor(transactions, keys, acts, anchor, findings, clock);
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
