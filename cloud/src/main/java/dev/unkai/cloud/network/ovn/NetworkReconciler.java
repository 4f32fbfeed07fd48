package dev.unkai.cloud.network.ovn;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.network.ovsdb.OvsdbRefused;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Mark;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.PortStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Networks ↔ OVN. What is marked as changed is brought over at once; on every new connection, and now and then, everything is compared, so
 * that what somebody else removed comes back and what nobody wants any more goes. Only rows that carry our mark are ever touched. A comparison
 * goes forward in pages between which changes are brought over: it may take long, and nothing waits for it.
 */
@Component
class NetworkReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(NetworkReconciler.class);
    private static final int BATCH = 500;
    private static final int PAGE = 1000;
    private static final Duration COMPARE_EVERY = Duration.ofSeconds(60);
    /** Another process of ours shows as drift too, so not at every change. */
    private static final Duration COMPARE_DRIFT_EVERY = Duration.ofSeconds(3);
    /** Comparing takes at most one part in so many of the time. */
    private static final int SHARE = 20;

    private final Transactions transactions;
    private final Northbound northbound;
    private final Desired desired;
    private final OvnMarks marks;
    private final PortStore ports;
    private @Nullable Comparison comparison;
    private Northbound.@Nullable Session compared;
    private long comparedAt;
    private long comparisonTook;
    private boolean drifted;
    private @Nullable String hosts;

    NetworkReconciler(
            Transactions transactions, Northbound northbound, Desired desired, OvnMarks marks, PortStore ports) {
        this.transactions = transactions;
        this.northbound = northbound;
        this.desired = desired;
        this.marks = marks;
        this.ports = ports;
    }

    @Override
    public String name() {
        return "networks to OVN";
    }

    @Override
    public String channel() {
        return OvnMarks.CHANNEL;
    }

    /**
     * OVN computes much anew at each transaction: with twenty a second among a thousand ports it takes 0.4 of a core. A person does not see that a port comes a
     * seventh of a second later, and then only because others have just come.
     */
    @Override
    public Duration pace() {
        return Duration.ofMillis(150);
    }

    /** How far a comparison has come: what all share first, then the ports page by page, then what nobody wants. */
    private static final class Comparison {
        private final Northbound.Session session;
        private final long began = System.nanoTime();
        private final Set<Unit> seen = new HashSet<>();
        private boolean begun;
        private boolean portsDone;
        private boolean done;
        private @Nullable UUID lastPort;
        private int corrected;

        Comparison(Northbound.Session session) {
            this.session = session;
        }
    }

    @Override
    public boolean step() {
        Northbound.Session session = northbound.session();
        Comparison running = comparison;
        if (running == null || running.session != session) {
            running = session != compared || comparisonIsDue() ? new Comparison(session) : null;
        }
        // Kept only once its step has committed; after a failure it begins again.
        comparison = null;
        Comparison present = running;
        AtomicReference<String> roll = new AtomicReference<>("");
        boolean more = transactions.<Boolean>asSystem(db -> {
            takeTurn(db);
            roll.set(markGateways(db));
            boolean compares = present != null && compare(db, present);
            int brought = bringOver(db, session);
            Map<UUID, Boolean> seen = northbound.takeSeen(PAGE);
            noteStatus(db, seen);
            // What is marked meanwhile has rung.
            return brought == BATCH || compares || seen.size() == PAGE;
        });
        hosts = roll.get();
        if (present != null) {
            finish(present);
        }
        return more;
    }

    private void finish(Comparison present) {
        if (!present.done) {
            comparison = present;
            return;
        }
        if (present.corrected > 0) {
            log.info("OVN differed from what should be in {} rows; they are corrected", present.corrected);
        }
        compared = present.session;
        comparedAt = System.nanoTime();
        comparisonTook = comparedAt - present.began;
        drifted = false;
    }

    /** A new host may carry gateways, one that is gone cannot. */
    private String markGateways(Db db) {
        String now = desired.roll(db);
        if (hosts != null && !hosts.equals(now)) {
            marks.raise(db, Kind.ROUTER, desired.gatewayRouters(db));
        }
        return now;
    }

    private boolean comparisonIsDue() {
        drifted |= northbound.takeDrift();
        long age = System.nanoTime() - comparedAt;
        return age > Math.max((drifted ? COMPARE_DRIFT_EVERY : COMPARE_EVERY).toNanos(), SHARE * comparisonTook);
    }

    /** One process writes at a time, or an older state could overwrite a newer one. */
    private static void takeTurn(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('networks to OVN', 0))")
                .query()
                .singleRow();
    }

    /** How many of the marks that are due were looked at. */
    private int bringOver(Db db, Northbound.Session session) {
        List<Mark> due = marks.due(db, BATCH);
        if (due.isEmpty()) {
            return 0;
        }
        Set<Unit> units = due.stream().map(Mark::unit).collect(Collectors.toSet());
        Desired.State state = desired.of(db, units);
        try {
            session.transact(Difference.between(state.rows(), state.units(), session.replica(), true));
            marks.settle(db, due);
        } catch (Difference.Incomplete e) {
            log.debug("{}; comparing what all share first", e.getMessage());
            correct(db, session, desired.allButPorts(db));
            correct(db, session, desired.of(db, units));
            marks.settle(db, due);
        } catch (OvsdbRefused e) {
            oneByOne(db, session, due, e);
        }
        return due.size();
    }

    /** The comparison's next piece; true when there is another. */
    private boolean compare(Db db, Comparison running) {
        Northbound.Session session = running.session;
        if (!running.begun) {
            Desired.State state = desired.allButPorts(db);
            running.seen.addAll(state.units());
            running.corrected += correct(db, session, state);
            running.begun = true;
            return true;
        }
        if (!running.portsDone) {
            Desired.Ports page = desired.ports(db, running.lastPort, PAGE);
            running.seen.addAll(page.state().units());
            running.corrected += correct(db, session, page.state());
            noteStatus(db, Northbound.up(session.replica(), page.ids()));
            running.portsDone = page.ids().size() < PAGE;
            running.lastPort = running.portsDone ? null : page.ids().getLast();
            return true;
        }
        // What the rows do not have. Units that came meanwhile are read anew, and so are not taken for surplus.
        List<Unit> surplus = session.replica().labels(Tables.UNIT + "=").stream()
                .flatMap(label -> unit(label.substring(Tables.UNIT.length() + 1)).stream())
                .filter(unit -> !running.seen.contains(unit))
                .toList();
        for (int from = 0; from < surplus.size(); from += PAGE) {
            List<Unit> page = surplus.subList(from, Math.min(from + PAGE, surplus.size()));
            running.corrected += correct(db, session, desired.of(db, page));
        }
        running.done = true;
        return false;
    }

    /** Makes OVN as the state; the number of operations that it took. */
    private int correct(Db db, Northbound.Session session, Desired.State state) {
        List<ObjectNode> operations = Difference.between(state.rows(), state.units(), session.replica(), false);
        try {
            session.transact(operations);
        } catch (OvsdbRefused e) {
            oneByOne(db, session, marksOf(state), e);
        }
        return operations.size();
    }

    /** After a refusal of the whole: everything that OVN accepts goes over, the rest is noted and tried later. */
    private void oneByOne(Db db, Northbound.Session session, List<Mark> due, OvsdbRefused whole) {
        log.debug("OVN refused {} changes together: {}", due.size(), whole.getMessage());
        for (Mark mark : due) {
            try {
                Desired.State state = desired.of(db, List.of(mark.unit()));
                session.transact(Difference.between(state.rows(), state.units(), session.replica(), false));
                marks.settle(db, List.of(mark));
            } catch (OvsdbRefused e) {
                if (mark.failures() == 0) {
                    log.warn("OVN refuses {}: {}", mark.unit(), e.getMessage());
                }
                marks.fail(db, mark, String.valueOf(e.getMessage()));
            }
        }
    }

    /** The units of the state in an order that makes holders before what they hold. */
    private static List<Mark> marksOf(Desired.State state) {
        return state.units().stream()
                .sorted(java.util.Comparator.comparing(Unit::kind))
                .map(unit -> new Mark(unit, -1, 1))
                .toList();
    }

    private static java.util.Optional<Unit> unit(String text) {
        int slash = text.indexOf('/');
        try {
            return java.util.Optional.of(
                    new Unit(Kind.of(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1))));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            log.warn("A row in OVN carries our mark with a unit that does not exist: {}", text);
            return java.util.Optional.empty();
        }
    }

    private void noteStatus(Db db, Map<UUID, Boolean> seen) {
        if (!seen.isEmpty()) {
            ports.noteUp(db, seen);
        }
    }
}
