package dev.unkai.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.Changes;
import dev.unkai.base.event.EventSink.Positioned;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Host;
import dev.unkai.wire.event.CadfEvent.Initiator;
import dev.unkai.wire.event.CadfEvent.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.yaml.snakeyaml.Yaml;

/**
 * A ledger's past, for {@code bench … history}: so many events of the last 300 days, taken in and signed by the ledger's own classes at the
 * times of those days. Takes the place of what the ledger holds, for a history has no room before its first event; the ledger's process must stand still
 * meanwhile. Four in ten events are of one history, one in twenty of the provider's, the others of many, a few of which have most.
 */
final class PastHistory {
    /** As many as wait for a head of the journal at most. */
    private static final int BATCH = 1_000;

    /** Nobody searches meanwhile: the lists of new words may be longer than the ledger's process lets them become. */
    private static final Duration BETWEEN_SETTLINGS = Duration.ofSeconds(2);

    private static final int DAYS = 300;
    private static final int PEOPLE = 20;
    private static final int THINGS = 2_000;

    private record Kind(int weight, String action, String type, String name) {}

    /** What happens, so many times in a hundred. */
    private static final List<Kind> KINDS = List.of(
            new Kind(20, "update", "compute/server", "web"),
            new Kind(14, "start", "compute/server", "web"),
            new Kind(14, "stop", "compute/server", "db"),
            new Kind(8, "create", "compute/server", "経理サーバー"),
            new Kind(8, "delete", "compute/server", "web"),
            new Kind(12, "authenticate", "service/security/account/user", "山田太郎"),
            new Kind(8, "create", "network/port", "port"),
            new Kind(6, "attach", "storage/volume", "データ"),
            new Kind(4, "create/console", "compute/server", "web"),
            new Kind(4, "update", "network/security-group", "公開"),
            new Kind(2, "update", "service/request", "refused"));

    private final Random random = new Random(20_260_401);
    private final List<String> logs = new ArrayList<>();
    private final long events;
    private final Instant begin;
    private final Duration between;

    private PastHistory(long events, String largest, int others, Instant now) {
        this.events = events;
        this.begin = now.minus(Duration.ofDays(DAYS));
        this.between = Duration.ofDays(DAYS).dividedBy(events);
        logs.add(largest);
        for (int i = 0; i < others; i++) {
            logs.add(id("log/" + i));
        }
    }

    private record Batched(List<Positioned> events, List<Instant> received) {}

    /** @param arguments the ledger's configuration, how many events, whose history is the largest, how many others there are */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> unkai =
                section(new Yaml().<Map<String, Object>>load(Files.readString(Path.of(arguments[0]))), "unkai");
        Map<String, Object> database = section(unkai, "database");
        Path secrets = Path.of((String) unkai.get("data")).resolve("ledger");
        PastHistory history = new PastHistory(
                Long.parseLong(arguments[1]),
                arguments[2],
                Integer.parseInt(arguments[3]),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        try (HikariDataSource owner = pool(database, "owner");
                HikariDataSource api = pool(database, "api");
                HikariDataSource system = pool(database, "system")) {
            Transactions owning = new Transactions(owner, owner, new Wakeups());
            Transactions ledger = new Transactions(api, system, new Wakeups());
            // A process that stands still would hold what it had begun.
            for (HikariDataSource pool : List.of(api, system)) {
                new Transactions(pool, pool, new Wakeups()).doAsSystem(PastHistory::interrupt);
            }
            owning.doAsSystem(PastHistory::empty);
            Files.deleteIfExists(secrets.resolve("last-round"));
            history.fill(ledger, secrets);
            owning.doAsSystem(db -> db.sql("analyze event").update());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> settings, String name) {
        return (Map<String, Object>) settings.get(name);
    }

    private static HikariDataSource pool(Map<String, Object> database, String role) {
        return new DatabaseAccess((String) database.get("url"), (String) database.get(role + "-user"), (String)
                        database.get(role + "-password"))
                .pool("past-" + role, 2);
    }

    private static void interrupt(Db db) {
        db.sql("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                         where datname = current_database() and usename = current_user and application_name not like 'past-%'""").query().listOfRows();
    }

    /** How far each source has come stays, so that its next event is no gap. */
    private static void empty(Db db) {
        db.sql("truncate event, dropped_event, subtree, head, round, round_head, log_end, finding")
                .update();
    }

    private void fill(Transactions ledger, Path secrets) throws InterruptedException {
        LedgerKeys keys = LedgerKeys.at(secrets.resolve("ledger.key"));
        Findings findings = new Findings(Clock.systemUTC());
        EventLog log = new EventLog(ledger, keys, findings, Clock.systemUTC());
        GrowingTrees trees = new GrowingTrees(keys, findings);
        BlockingQueue<Batched> ready = new ArrayBlockingQueue<>(8);
        Thread.ofVirtual().start(() -> write(ready));
        Thread settling = Thread.ofPlatform().daemon().start(() -> settle(ledger));
        String source = "cloud/" + UUID.randomUUID();
        long start = System.nanoTime();
        for (long done = 0; done < events; ) {
            Batched batch = ready.take();
            log.append(source, batch.events(), batch.received());
            Instant time = batch.received().getLast();
            long from = done;
            done += batch.events().size();
            long to = done;
            boolean all = to == events;
            ledger.doAsSystem(db -> sign(db, keys, trees, from, to, all, time));
            if (done % (events / 10) < BATCH) {
                System.out.printf("%d of %d events, %.0f s%n", done, events, (System.nanoTime() - start) / 1e9);
            }
        }
        settling.interrupt();
        settling.join();
    }

    /** As {@link WordLists} does, until interrupted. */
    private static void settle(Transactions ledger) {
        boolean more = true;
        while (more) {
            try {
                Thread.sleep(BETWEEN_SETTLINGS);
            } catch (InterruptedException e) {
                more = false;
            }
            ledger.doAsSystem(db -> db.sql("select settle_words()").query().listOfRows());
        }
    }

    /** A head of the journal, and at last one of each history: to sign each minute's would take most of the time. The round is published by the process that finds them. */
    private static void sign(
            Db db, LedgerKeys keys, GrowingTrees trees, long from, long to, boolean all, Instant time) {
        try {
            trees.take(db, from, to);
            List<String> grown = all ? trees.waiting(1) : List.of(JournalLeaf.LOG);
            Map<String, SignedHead> before = HeadStore.newest(db, grown);
            List<SignedHead> heads = new ArrayList<>();
            for (String log : grown) {
                CompactTree tree = trees.tree(db, log, to);
                SignedHead last = before.get(log);
                heads.add(SignedHead.sign(
                        log, tree.size(), tree.root(), time, last == null ? SignedHead.NONE : last.hash(), keys));
                trees.signed(log);
            }
            HeadStore.insert(db, heads);
            trees.store(db);
        } catch (GrowingTrees.Unsound e) {
            throw new IllegalStateException("What was just written is not as it was written", e);
        }
    }

    private void write(BlockingQueue<Batched> ready) {
        try {
            for (long from = 1; from <= events; from += BATCH) {
                List<Positioned> texts = new ArrayList<>(BATCH);
                List<Instant> times = new ArrayList<>(BATCH);
                for (long n = from; n < from + BATCH && n <= events; n++) {
                    Instant time = begin.plus(between.multipliedBy(n));
                    texts.add(new Positioned(n, event(n, time).json()));
                    times.add(time);
                }
                ready.put(new Batched(texts, times));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CadfEvent event(long number, Instant time) {
        int whose = random.nextInt(100);
        if (whose < 5) {
            return CadfEvent.bySystem(
                            "cloud",
                            "update",
                            new Target(id("host/" + number % 100), "compute/host", "host-" + number % 100, null),
                            time,
                            null)
                    .with(Map.of("state", number % 7 == 0 ? "draining" : "up"));
        }
        double place = random.nextDouble();
        String log = logs.get(whose < 45 ? 0 : (int) (1 + place * place * place * (logs.size() - 1)));
        int person = random.nextInt(PEOPLE);
        int thing = random.nextInt(THINGS);
        Kind kind = kind();
        boolean refused = kind.type().equals("service/request");
        CadfEvent event = CadfEvent.by(
                        new Initiator(
                                id(log + "/user/" + person),
                                "service/security/account/user",
                                person == 0 ? "山田太郎" : "operator-" + person,
                                log,
                                "default",
                                new Host(
                                        "198.51.100." + (person + 1),
                                        "openstacksdk/4.0 keystoneauth1/5.8 python-requests/2.32")),
                        kind.action(),
                        new Target(id(log + "/thing/" + thing), kind.type(), kind.name() + "-" + thing, log),
                        time,
                        "req-" + new UUID(random.nextLong(), random.nextLong()))
                .with(Map.of("zone", "nova", "note", "ticket-" + number / 50));
        if (kind.action().equals("update") && !refused) {
            event = event.with(Changes.of("name", kind.name() + "-" + thing, kind.name() + "-" + (thing + 1)));
        }
        return refused ? event.failed("403", "The role reader does not allow this.") : event;
    }

    private Kind kind() {
        int left = random.nextInt(100);
        for (Kind kind : KINDS) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        return KINDS.getLast();
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
