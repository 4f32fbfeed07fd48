package dev.unkai.cloud.hosts.link;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.GuestObserver;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Stores what hosts report of guests, together with all that follows from it. A report that says nothing new changes
 * nothing, so repeated ones cost nothing; a report from an older attachment is not believed.
 */
@Component
class Reports {
    private final Transactions transactions;
    private final GuestObserver observer;
    private final Guests guests;
    private final Clock clock;
    /** Hosts that are known to have had their first guest. */
    private final Set<UUID> used = ConcurrentHashMap.newKeySet();

    Reports(Transactions transactions, GuestObserver observer, Guests guests, Clock clock) {
        this.transactions = transactions;
        this.observer = observer;
        this.guests = guests;
        this.clock = clock;
    }

    /** Stores the reports of some guests, all or none. */
    void take(UUID host, long attachment, List<GuestReport> some) {
        List<GuestReport> known = some.stream()
                .filter(report -> state(report.getState()).isPresent())
                .toList();
        if (known.isEmpty()) {
            return;
        }
        transactions.doAsSystem(db -> {
            observer.lock(db, known.stream().map(Reports::server).toList());
            known.forEach(report -> take(db, host, attachment, report));
        });
        if (known.stream().anyMatch(report -> report.getState() == GuestState.RUNNING)) {
            used.add(host); // noted now, or when the guest was first reported to run
        }
    }

    private void take(Db db, UUID host, long attachment, GuestReport report) {
        UUID server = server(report);
        Guests.State state = state(report.getState()).orElseThrow();
        if (state == Guests.State.ABSENT && forgotten(db, host, attachment, server, report.getPlanGeneration())) {
            observer.gone(db, server, host);
            return;
        }
        changed(db, host, attachment, server, state, report).ifPresent(change -> {
            if (change.news) {
                guests.acknowledge(db, server, host);
            }
            if (change.main) {
                observer.observed(db, server, change.observation);
            } else {
                observer.aside(db, server, change.observation);
            }
            if (change.observation.state() == Guests.State.RUNNING && !used.contains(host)) {
                noteFirst(db, host);
            }
        });
        if ((report.hasArrival() || report.hasDeparture()) && isCurrent(db, host, attachment)) {
            observer.moving(db, server, host, report);
        }
    }

    private static UUID server(GuestReport report) {
        return UUID.fromString(report.getGuestId());
    }

    /** How long a new host took until it ran a guest is what its operator wants to know of it. */
    private static void noteFirst(Db db, UUID host) {
        db.sql("update host set first_guest_at = now() where id = ? and first_guest_at is null")
                .param(host)
                .update();
    }

    /**
     * Those of the reports that say something new; in one query, because after a restart every host reports every guest, and nearly all of them
     * are as they were.
     */
    List<GuestReport> news(UUID host, List<GuestReport> reports) {
        if (reports.size() == 1) {
            return reports; // the storing itself finds out, in one transaction instead of two
        }
        record Stored(String state, long generation, String fault, boolean byGuest, boolean removing) {}
        Map<UUID, Stored> stored = new HashMap<>();
        transactions.doAsSystem(db -> db.sql("""
                        select server_id, observed_state, observed_generation, fault, stopped_by_guest, removing
                          from guest where host_id = ?
                        """).param(host).query(row -> {
            stored.put(
                    row.getObject(1, UUID.class),
                    new Stored(
                            Objects.requireNonNullElse(row.getString(2), ""),
                            row.getLong(3),
                            row.getString(4),
                            row.getBoolean(5),
                            row.getBoolean(6)));
        }));
        return reports.stream()
                .filter(report -> {
                    if (report.hasArrival() || report.hasDeparture()) {
                        return true; // how far a guest on its way is stands elsewhere
                    }
                    Stored known = stored.get(server(report));
                    return known != null
                            && (!known.state().equals(report.getState().name())
                                    || known.generation() != report.getGeneration()
                                    || !known.fault().equals(report.getFault())
                                    || known.byGuest() != report.getStoppedByGuest()
                                    || (report.getState() == GuestState.ABSENT && known.removing()));
                })
                .toList();
    }

    /** A guest that is to be removed, and the plan that first left it away: a node with that plan would list it if anything were left. */
    record Removal(UUID server, long planGeneration) {}

    List<Removal> removals(UUID host) {
        return transactions.asSystem(db -> db.sql(
                        "select server_id, plan_generation from guest where host_id = ? and removing")
                .param(host)
                .query((row, n) -> new Removal(row.getObject(1, UUID.class), row.getLong(2)))
                .list());
    }

    /** The host's whole report does not list the guest any more. */
    void gone(UUID host, long attachment, UUID server, long planGeneration) {
        transactions.doAsSystem(db -> {
            observer.lock(db, List.of(server));
            if (forgotten(db, host, attachment, server, planGeneration)) {
                observer.gone(db, server, host);
            }
        });
    }

    private static boolean isCurrent(Db db, UUID host, long attachment) {
        return db.sql("select exists (select 1 from host where id = ? and attachment = ?)")
                .params(host, attachment)
                .query(Boolean.class)
                .single();
    }

    /** @param news the host was not yet known to know of the guest */
    private record Change(boolean main, boolean news, Guests.Observation observation) {}

    /** So many at most of the guests of silent hosts that are not yet called unknown. */
    List<UUID> unseen(int most) {
        return transactions.asSystem(
                db -> db.sql("""
                        select server_id from guest join host on host.id = guest.host_id
                         where host.state = 'unknown' and observed_state is distinct from 'UNKNOWN'
                         limit ?
                        """).param(most).query(UUID.class).list());
    }

    /** The guests' hosts are silent: what they do is unknown until the hosts report again. */
    void lose(List<UUID> servers) {
        transactions.doAsSystem(db -> {
            observer.lock(db, servers);
            db.sql("""
                    update guest set observed_state = 'UNKNOWN', since = now() from host
                     where server_id = any(?) and host.id = guest.host_id and host.state = 'unknown'
                       and observed_state is distinct from 'UNKNOWN'
                    """).param(servers.toArray(UUID[]::new)).update();
            servers.forEach(server -> guests.planned(db, server)
                    .map(Guests.Planned::observed)
                    .filter(seen -> seen.state() == Guests.State.UNKNOWN)
                    .ifPresent(seen -> observer.observed(db, server, seen)));
        });
    }

    private boolean forgotten(Db db, UUID host, long attachment, UUID server, long planGeneration) {
        boolean removed = db.sql("""
                        select 1 from guest join host on host.id = guest.host_id
                         where guest.server_id = :server and host.id = :host and host.attachment = :attachment
                           and guest.removing and guest.plan_generation <= :plan
                        """)
                .param("server", server)
                .param("host", host)
                .param("attachment", attachment)
                .param("plan", planGeneration)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (removed) {
            guests.forget(db, server, host);
        }
        return removed;
    }

    private Optional<Change> changed(
            Db db, UUID host, long attachment, UUID server, Guests.State state, GuestReport report) {
        Instant since = report.getSinceMillis() > 0 ? Instant.ofEpochMilli(report.getSinceMillis()) : clock.instant();
        return db.sql("""
                update guest
                   set observed_state = :state, observed_generation = :generation, fault = :fault,
                       stopped_by_guest = :byGuest, since = :since
                 where server_id = :server and host_id = :host
                   and (observed_state, observed_generation, fault, stopped_by_guest)
                       is distinct from (:state, :generation, :fault, :byGuest)
                   and exists (select 1 from host where id = :host and attachment = :attachment)
                returning generation, role = 'main', not acknowledged
                """)
                .param("state", state.name())
                .param("generation", report.getGeneration())
                .param("fault", report.getFault())
                .param("byGuest", report.getStoppedByGuest())
                .param("since", Timestamp.from(since))
                .param("server", server)
                .param("host", host)
                .param("attachment", attachment)
                .query((row, n) -> new Change(
                        row.getBoolean(2),
                        row.getBoolean(3),
                        new Guests.Observation(
                                host,
                                report.getGeneration(),
                                row.getLong(1),
                                state,
                                report.getFault(),
                                report.getStoppedByGuest(),
                                since)))
                .optional();
    }

    private static Optional<Guests.State> state(GuestState reported) {
        return switch (reported) {
            case PREPARING -> Optional.of(Guests.State.PREPARING);
            case RUNNING -> Optional.of(Guests.State.RUNNING);
            case PAUSED -> Optional.of(Guests.State.PAUSED);
            case SUSPENDED -> Optional.of(Guests.State.SUSPENDED);
            case STOPPED -> Optional.of(Guests.State.STOPPED);
            case ABSENT -> Optional.of(Guests.State.ABSENT);
            case FAULTY -> Optional.of(Guests.State.FAULTY);
            case ARRIVING -> Optional.of(Guests.State.ARRIVING);
            case DEPARTED -> Optional.of(Guests.State.DEPARTED);
            case GUEST_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
