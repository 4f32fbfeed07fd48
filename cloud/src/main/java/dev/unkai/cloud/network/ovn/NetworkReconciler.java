package dev.unkai.cloud.network.ovn;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.network.ovsdb.OvsdbRefused;
import dev.unkai.cloud.network.ovsdb.Replica;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.OvnMarks.Mark;
import dev.unkai.cloud.network.store.OvnMarks.Unit;
import dev.unkai.cloud.network.store.PortStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Networks ↔ OVN. What is marked as changed is brought over at once; on every new connection, and now and then, everything is compared, so
 * that what somebody else removed comes back and what nobody wants any more goes. Only rows that carry our mark are ever touched.
 */
@Component
class NetworkReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(NetworkReconciler.class);
    private static final int BATCH = 500;
    private static final Duration COMPARE_EVERY = Duration.ofSeconds(60);
    /** Another process of ours shows as drift too, so not at every change. */
    private static final Duration COMPARE_DRIFT_EVERY = Duration.ofSeconds(3);

    private final Transactions transactions;
    private final Northbound northbound;
    private final Desired desired;
    private final OvnMarks marks;
    private final PortStore ports;
    private Northbound.@Nullable Session compared;
    private long comparedAt;
    private boolean drifted;
    private Set<UUID> hosts = Set.of();

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

    @Override
    public boolean step() {
        Northbound.Session session = northbound.session();
        boolean due = session != compared || comparisonIsDue();
        boolean more = transactions.<Boolean>asSystem(db -> {
            takeTurn(db);
            boolean everything = hostsChanged(db) || due;
            boolean worked = everything ? compareAll(db, session) : bringOver(db, session);
            noteStatus(db, everything ? Northbound.ports(session.replica()) : northbound.takeSeen());
            return worked;
        });
        if (due) {
            compared = session;
            comparedAt = System.nanoTime();
            drifted = false;
        }
        return more;
    }

    /** A new host may carry gateways, one that is gone cannot. */
    private boolean hostsChanged(Db db) {
        Set<UUID> now = desired.chassis(db);
        boolean changed = !now.equals(hosts);
        hosts = now;
        return changed;
    }

    private boolean comparisonIsDue() {
        drifted |= northbound.takeDrift();
        long age = System.nanoTime() - comparedAt;
        return age > (drifted ? COMPARE_DRIFT_EVERY : COMPARE_EVERY).toNanos();
    }

    /** One process writes at a time, or an older state could overwrite a newer one. */
    private static void takeTurn(Db db) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('networks to OVN', 0))")
                .query()
                .singleRow();
    }

    private boolean bringOver(Db db, Northbound.Session session) {
        List<Mark> due = marks.due(db, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        Set<Unit> units = due.stream().map(Mark::unit).collect(Collectors.toSet());
        try {
            Desired.State state = desired.of(db, units);
            session.transact(Difference.between(state.rows(), state.units(), session.replica(), true));
            marks.settle(db, due);
        } catch (Difference.Incomplete e) {
            log.debug("{}; comparing everything", e.getMessage());
            compareAll(db, session);
        } catch (OvsdbRefused e) {
            oneByOne(db, session, due, e);
        }
        return true;
    }

    /** Marks are read first: whatever is raised later is not known to be in what is read after. */
    private boolean compareAll(Db db, Northbound.Session session) {
        List<Mark> due = marks.due(db, Integer.MAX_VALUE);
        Desired.State state = desired.all(db);
        Replica replica = session.replica();
        for (String label : replica.labels(Tables.UNIT + "=")) {
            unit(label.substring(Tables.UNIT.length() + 1)).ifPresent(state.units()::add);
        }
        List<ObjectNode> operations = Difference.between(state.rows(), state.units(), replica, false);
        if (!operations.isEmpty()) {
            log.info("OVN differs from what should be in {} rows; correcting them", operations.size());
        }
        try {
            session.transact(operations);
            marks.settle(db, due);
        } catch (OvsdbRefused e) {
            oneByOne(db, session, marksOf(state, due), e);
        }
        return false;
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

    /** The units of the state in an order that makes holders before what they hold, with their marks where they have one. */
    private static List<Mark> marksOf(Desired.State state, List<Mark> due) {
        Map<Unit, Mark> known = due.stream().collect(Collectors.toMap(Mark::unit, mark -> mark));
        return state.units().stream()
                .sorted(java.util.Comparator.comparing(Unit::kind))
                .map(unit -> known.getOrDefault(unit, new Mark(unit, -1, 1)))
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
