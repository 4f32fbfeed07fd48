package dev.unkai.cloud.hosts;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.base.event.Unrecorded;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Groups of hosts; one whose metadata names an availability zone puts its hosts into that zone. Operators only. */
@Component
public class Aggregates {
    /** The metadata key that names the zone. */
    public static final String ZONE = "availability_zone";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    Aggregates(Transactions transactions, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param hosts names of its hosts, in order */
    public record Aggregate(
            int id,
            UUID uuid,
            String name,
            Map<String, String> metadata,
            List<String> hosts,
            @Unrecorded Instant createdAt,
            @Unrecorded @Nullable Instant updatedAt) {}

    public List<Aggregate> list(Caller caller) {
        return transactions.asCaller(caller, db -> find(db, null));
    }

    /** Throws Refusal when there is none of this id. */
    public Aggregate show(Caller caller, int id) {
        return transactions.asCaller(caller, db -> one(db, id));
    }

    /** Throws Refusal when the name is taken. */
    public Aggregate create(Caller caller, String name, @Nullable String zone) {
        return transactions.asCaller(caller, db -> {
            requireFree(db, name, -1);
            int id = db.sql("""
                    insert into host_aggregate (uuid, name, metadata, created_at) values (?, ?, ?::jsonb, ?) returning id
                    """)
                    .param(ids.next())
                    .param(name)
                    .param(JSON.writeValueAsString(zone == null ? Map.of() : Map.of(ZONE, zone)))
                    .param(Timestamp.from(clock.instant()))
                    .query(Integer.class)
                    .single();
            Aggregate made = one(db, id);
            record(db, caller, "create", made, Changes.made(made));
            return made;
        });
    }

    /** Changes name and zone; null leaves as it is. */
    public Aggregate update(Caller caller, int id, @Nullable String name, @Nullable String zone) {
        return change(caller, id, "update", db -> {
            if (name != null) {
                requireFree(db, name, id);
                db.sql("update host_aggregate set name = ? where id = ?")
                        .params(name, id)
                        .update();
            }
            if (zone != null) {
                write(db, id, Map.of(ZONE, zone));
            }
        });
    }

    /** Sets metadata; a null value removes the key. */
    public Aggregate setMetadata(Caller caller, int id, Map<String, @Nullable String> changes) {
        return change(caller, id, "update", db -> write(db, id, changes));
    }

    public Aggregate addHost(Caller caller, int id, String host) {
        return change(caller, id, "attach", db -> {
            UUID hostId = host(db, host);
            Aggregate aggregate = one(db, id);
            if (aggregate.hosts().contains(host)) {
                throw Refusal.conflict("Aggregate " + id + " already has host " + host + ".");
            }
            String zone = aggregate.metadata().get(ZONE);
            boolean elsewhere = zone != null
                    && find(db, null).stream()
                            .filter(other -> other.hosts().contains(host))
                            .map(other -> other.metadata().get(ZONE))
                            .anyMatch(other -> other != null && !other.equals(zone));
            if (elsewhere) {
                throw Refusal.conflict("Cannot perform action 'add_host_to_aggregate' on aggregate " + id
                        + ". Reason: One or more hosts already in different availability zone(s).");
            }
            db.sql("insert into host_aggregate_member (aggregate_id, host_id) values (?, ?)")
                    .params(id, hostId)
                    .update();
        });
    }

    public Aggregate removeHost(Caller caller, int id, String host) {
        return change(caller, id, "detach", db -> {
            UUID hostId = host(db, host);
            int gone = db.sql("delete from host_aggregate_member where aggregate_id = ? and host_id = ?")
                    .params(id, hostId)
                    .update();
            if (gone == 0) {
                throw Refusal.notFound("Aggregate " + id + " has no host " + host + ".");
            }
            settle(db, hostId);
        });
    }

    /** Throws Refusal while it has hosts. */
    public void delete(Caller caller, int id) {
        transactions.doAsCaller(caller, db -> {
            Aggregate aggregate = one(db, id);
            if (!aggregate.hosts().isEmpty()) {
                throw Refusal.invalid(
                        "Cannot perform action 'delete' on aggregate " + id + ". Reason: Host aggregate is not empty.");
            }
            db.sql("delete from host_aggregate where id = ?").param(id).update();
            record(db, caller, "delete", aggregate, Changes.gone(aggregate));
        });
    }

    private Aggregate change(Caller caller, int id, String action, Consumer<Db> work) {
        return transactions.asCaller(caller, db -> {
            Aggregate before = one(db, id);
            work.accept(db);
            db.sql("update host_aggregate set updated_at = ? where id = ?")
                    .param(Timestamp.from(clock.instant()))
                    .param(id)
                    .update();
            db.sql("select host_id from host_aggregate_member where aggregate_id = ?")
                    .param(id)
                    .query(UUID.class)
                    .list()
                    .forEach(host -> settle(db, host));
            Aggregate changed = one(db, id);
            record(db, caller, action, changed, Changes.between(before, changed));
            return changed;
        });
    }

    private void write(Db db, int id, Map<String, @Nullable String> changes) {
        Aggregate aggregate = one(db, id);
        Map<String, String> metadata = new TreeMap<>(aggregate.metadata());
        changes.forEach((key, value) -> {
            if (value == null) {
                metadata.remove(key);
            } else {
                metadata.put(key, value);
            }
        });
        if (changes.containsKey(ZONE)
                && !java.util.Objects.equals(
                        metadata.get(ZONE), aggregate.metadata().get(ZONE))) {
            requireEmptyHosts(db, id);
        }
        db.sql("update host_aggregate set metadata = ?::jsonb where id = ?")
                .param(JSON.writeValueAsString(metadata))
                .param(id)
                .update();
    }

    /** A server asked for its zone: it must not wake up in another. */
    private static void requireEmptyHosts(Db db, int id) {
        boolean guests = db.sql("""
                select exists (select 1 from host_aggregate_member m join host on host.id = m.host_id
                                where m.aggregate_id = ? and host.guests > 0)
                """).param(id).query(Boolean.class).single();
        if (guests) {
            throw Refusal.conflict("Cannot perform action 'update' on aggregate " + id
                    + ". Reason: One or more hosts contain instances in this zone.");
        }
    }

    /** The zone of the host's aggregates, else its own. */
    private static void settle(Db db, UUID host) {
        db.sql("""
                update host set zone = coalesce((
                       select metadata ->> 'availability_zone' from host_aggregate a
                         join host_aggregate_member m on m.aggregate_id = a.id
                        where m.host_id = host.id and a.metadata ->> 'availability_zone' is not null limit 1), own_zone)
                 where id = :host
                """).param("host", host).update();
    }

    private static UUID host(Db db, String name) {
        return db.sql("select id from host where name = ?")
                .param(name)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("Compute host " + name + " could not be found."));
    }

    private static void requireFree(Db db, String name, int except) {
        boolean taken = db.sql("select exists (select 1 from host_aggregate where name = ? and id <> ?)")
                .params(name, except)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.conflict("Aggregate " + name + " already exists.");
        }
    }

    /** The aggregate, in the caller's transaction. Throws Refusal when there is none of this id. */
    Aggregate require(Db db, int id) {
        return one(db, id);
    }

    private static Aggregate one(Db db, int id) {
        return find(db, id).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Aggregate " + id + " could not be found."));
    }

    private static List<Aggregate> find(Db db, @Nullable Integer id) {
        return db.sql("""
                select a.*, array(select host.name from host_aggregate_member m join host on host.id = m.host_id
                                   where m.aggregate_id = a.id order by host.name) as hosts
                  from host_aggregate a where :id::integer is null or a.id = :id order by a.id
                """).param("id", id).query(Aggregates::read).list();
    }

    private static Aggregate read(ResultSet row, int number) throws SQLException {
        Map<String, String> metadata = new LinkedHashMap<>();
        JsonNode stored = JSON.readTree(row.getString("metadata"));
        stored.properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
        OffsetDateTime updated = row.getObject("updated_at", OffsetDateTime.class);
        return new Aggregate(
                row.getInt("id"),
                row.getObject("uuid", UUID.class),
                row.getString("name"),
                Map.copyOf(metadata),
                List.of((String[]) row.getArray("hosts").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                updated == null ? null : updated.toInstant());
    }

    private void record(Db db, Caller caller, String action, Aggregate aggregate, Changes changes) {
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(aggregate.uuid().toString(), "compute/aggregate", aggregate.name(), null),
                        clock.instant())
                .with(Map.of("hosts", String.join(",", aggregate.hosts())))
                .with(changes));
    }
}
