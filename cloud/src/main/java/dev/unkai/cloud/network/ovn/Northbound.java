package dev.unkai.cloud.network.ovn;

import dev.unkai.base.data.Wakeups;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.network.ovsdb.OvsdbAddress;
import dev.unkai.cloud.network.ovsdb.OvsdbConnection;
import dev.unkai.cloud.network.ovsdb.OvsdbUnavailable;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.ovsdb.Replica;
import dev.unkai.cloud.network.ovsdb.Replica.Row;
import dev.unkai.cloud.network.store.OvnMarks;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The OVN northbound database: one connection, opened anew when it broke, and a current replica of what we write there. */
@Component
class Northbound implements DisposableBean {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration ECHO_EVERY = Duration.ofSeconds(5);

    /** One connection with the replica that it keeps. {@code writing} is true while changes are our own. */
    record Session(OvsdbConnection connection, Replica replica, AtomicBoolean writing) {
        void transact(List<ObjectNode> operations) {
            if (operations.isEmpty()) {
                return;
            }
            writing.set(true);
            try {
                connection.transact(Tables.DATABASE, operations); // returns after the replica has seen it
            } finally {
                writing.set(false);
            }
        }
    }

    private final OvsdbAddress address;
    private final @Nullable PemFiles pem;
    private final Wakeups wakeups;
    private final Map<UUID, Boolean> seen = new ConcurrentHashMap<>();
    private final AtomicBoolean drifted = new AtomicBoolean();
    private @Nullable Session session;
    private long lastHeard;

    @Autowired
    Northbound(@Value("${unkai.ovn.northbound}") String address, PemFiles pem, Wakeups wakeups) {
        this(OvsdbAddress.parse(address), pem, wakeups);
    }

    Northbound(OvsdbAddress address, @Nullable PemFiles pem, Wakeups wakeups) {
        this.address = address;
        this.pem = pem;
        this.wakeups = wakeups;
    }

    /** The session of before while it answers, else a new one with a complete replica. Throws {@link OvsdbUnavailable}. */
    synchronized Session session() {
        Session current = session;
        if (current != null && current.connection().isOpen()) {
            if (System.nanoTime() - lastHeard < ECHO_EVERY.toNanos()) {
                return current;
            }
            try {
                current.connection().echo();
                lastHeard = System.nanoTime();
                return current;
            } catch (OvsdbUnavailable e) {
                // It went away without a word; a new connection tells whether the server did too.
            }
        }
        SSLContext tls = address instanceof OvsdbAddress.Tls && pem != null ? pem.sslContext() : null;
        OvsdbConnection connection = OvsdbConnection.open(address, tls, LIMIT);
        try {
            AtomicBoolean writing = new AtomicBoolean(true);
            Replica replica = new Replica(Difference::labels, change -> notice(change, writing));
            connection.monitor(Tables.DATABASE, Tables.COLUMNS, replica::apply);
            writing.set(false);
            Session fresh = new Session(connection, replica, writing);
            session = fresh;
            lastHeard = System.nanoTime();
            return fresh;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** So many at most of the ports that came up or went down since they were taken last. */
    Map<UUID, Boolean> takeSeen(int most) {
        Map<UUID, Boolean> taken = new HashMap<>();
        for (UUID id : seen.keySet()) {
            if (taken.size() == most) {
                break;
            }
            Boolean up = seen.remove(id);
            if (up != null) {
                taken.put(id, up);
            }
        }
        return taken;
    }

    /** Which of the ports are up, by the replica; those that it does not have are left out. */
    static Map<UUID, Boolean> up(Replica replica, Collection<UUID> ports) {
        Map<UUID, Boolean> seen = new HashMap<>();
        for (UUID port : ports) {
            String key = new OvnMarks.Unit(OvnMarks.Kind.PORT, port).toString();
            replica.labelled(Difference.label(Tables.KEY, key)).forEach(row -> seen.put(port, isUp(row)));
        }
        return seen;
    }

    /** Whether somebody else changed rows of ours since the last call. */
    boolean takeDrift() {
        return drifted.getAndSet(false);
    }

    /** Runs on the connection's reader: notes and wakes, nothing else. */
    private void notice(Replica.Change change, AtomicBoolean writing) {
        Row after = change.after();
        UUID port = after != null && after.table().equals(Tables.SWITCH_PORT) ? portId(after) : null;
        if (after != null && port != null) {
            seen.put(port, isUp(after));
            wakeups.wake(OvnMarks.CHANNEL);
        }
        if (!writing.get() && !sameToUs(change.before(), after)) {
            drifted.set(true);
            wakeups.wake(OvnMarks.CHANNEL);
        }
    }

    /** Rows of others are none of our business; whether a port is up is OVN's to say. */
    private static boolean sameToUs(@Nullable Row before, @Nullable Row after) {
        boolean oursBefore = before != null && !Difference.labels(before).isEmpty();
        boolean oursAfter = after != null && !Difference.labels(after).isEmpty();
        if (!oursBefore && !oursAfter) {
            return true;
        }
        if (before == null || after == null) {
            return false;
        }
        Map<String, OvsdbValue> left = new HashMap<>(before.columns());
        Map<String, OvsdbValue> right = new HashMap<>(after.columns());
        left.remove("up");
        right.remove("up");
        return left.equals(right);
    }

    private static boolean isUp(Row row) {
        return row.column("up").equals(OvsdbValue.of(true));
    }

    private static @Nullable UUID portId(Row row) {
        String key = row.pairs("external_ids").get(Tables.KEY);
        return key != null && key.startsWith("port/") ? UUID.fromString(key.substring(5)) : null;
    }

    @Override
    public synchronized void destroy() {
        if (session != null) {
            session.connection().close();
        }
    }
}
