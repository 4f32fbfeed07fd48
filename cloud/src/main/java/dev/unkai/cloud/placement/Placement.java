package dev.unkai.cloud.placement;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Finds a host and claims room on it, in the caller's transaction. Hosts are read without locks; the claim itself is one
 * conditional update that counts anew, so that however many processes place at once, none ever sells room twice.
 */
@Component
public class Placement {
    private static final int FEW = 16;
    /** Of nodes that make a server's ephemeral disks and swap; those before start it without, and say that all is as wanted. */
    private static final int LOCAL_DISKS = 4;

    private final Decisions decisions;
    private final double cpuRatio;
    private final long reservedMemoryMib;

    /**
     * @param cpuRatio vCPUs that may be claimed for each CPU of a shared host
     * @param reservedMemoryMib of each host, for itself
     */
    Placement(
            Decisions decisions,
            @Value("${unkai.placement.cpu-allocation-ratio:4.0}") double cpuRatio,
            @Value("${unkai.placement.reserved-memory-mib:512}") long reservedMemoryMib) {
        this.decisions = decisions;
        this.cpuRatio = cpuRatio;
        this.reservedMemoryMib = reservedMemoryMib;
    }

    /** Claims room for the server on the best host that fits; why this one, or why none, is kept ({@link Decisions}). */
    public Placed place(Db db, Demand demand) {
        return place(db, demand, Set.of());
    }

    /** The same, on none of the hosts named. */
    public Placed place(Db db, Demand demand, Set<UUID> except) {
        return placeOnRoomy(db, demand, except).orElseGet(() -> placeOnAny(db, demand, except));
    }

    /**
     * Among a thousand hosts the best is nearly always one of the roomiest few, which the database finds without our reading the others. A group's
     * wishes need all hosts, and so does saying what is short.
     */
    private Optional<Placed> placeOnRoomy(Db db, Demand demand, Set<UUID> except) {
        if (demand.company().wish() != Demand.Wish.NONE) {
            return Optional.empty();
        }
        List<Candidate> fitting = besides(except, roomiest(db, demand));
        for (Filter filter : Filter.values()) {
            fitting = filter.apply(demand, fitting);
        }
        Trace trace = new Trace();
        return claimFirst(db, demand, Weigher.order(demand, fitting), trace);
    }

    private static List<Candidate> besides(Set<UUID> except, List<Candidate> hosts) {
        return hosts.stream().filter(host -> !except.contains(host.id())).toList();
    }

    private Placed placeOnAny(Db db, Demand demand, Set<UUID> except) {
        while (true) {
            Trace trace = new Trace();
            Found found = find(db, demand, except, trace);
            if (found.none() != null) {
                decisions.keep(db, demand, found.none(), trace);
                return found.none();
            }
            Optional<Placed> placed = claimFirst(db, demand, found.hosts(), trace);
            if (placed.isPresent()) {
                return placed.get();
            }
            // Others claimed every one of them since they were read: look again at what is left now.
        }
    }

    /** Claims room on the first that still has it. */
    private Optional<Placed> claimFirst(Db db, Demand demand, List<Candidate> hosts, Trace trace) {
        trace.ordered(hosts);
        for (Candidate host : hosts) {
            if (claim(db, host.id(), demand)) {
                decisions.keep(db, demand, on(host), trace);
                return Optional.of(on(host));
            }
            trace.outrun(host);
        }
        return Optional.empty();
    }

    /** Where the server would go as hosts are now; claims nothing, so it may be otherwise a moment later. */
    public Placed look(Db db, Demand demand, Set<UUID> except) {
        Found found = find(db, demand, except, new Trace());
        return found.none() == null ? on(found.hosts().getFirst()) : found.none();
    }

    private static Placed on(Candidate host) {
        return new Placed.On(host.id(), host.name(), host.zone());
    }

    /** The hosts that fit, best first; or why there is none. */
    private record Found(List<Candidate> hosts, @Nullable Placed none) {
        static Found none(Placed why) {
            return new Found(List.of(), why);
        }
    }

    private Found find(Db db, Demand demand, Set<UUID> except, Trace trace) {
        List<Candidate> all = candidates(db);
        if (all.isEmpty()) {
            return Found.none(new Placed.Nowhere(
                    "hosts", "There is no host for servers yet. Ask the provider.", "There is no host yet."));
        }
        if (all.stream().noneMatch(host -> demand.project().equals(host.project())) && wantsOwn(db, demand.project())) {
            String waits = "The contract's plan gives it hosts of its own, and none is dedicated to it yet.";
            return Found.none(new Placed.Nowhere("hosts", waits + " Ask the provider.", waits));
        }
        List<Candidate> fitting = all;
        for (Filter filter : Filter.values()) {
            List<Candidate> before = fitting;
            fitting = filter.apply(demand, before);
            trace.step(filter.name().toLowerCase(Locale.ROOT), before, fitting);
            if (fitting.isEmpty()) {
                boolean own = demand.project().equals(before.getFirst().project());
                return Found.none(new Placed.Nowhere(
                        filter.name().toLowerCase(Locale.ROOT),
                        filter.told(demand, own),
                        filter.found(demand, before)));
            }
            if (filter == Filter.OWNER) {
                // Not before: a customer whose only dedicated host is left out has no other, and none of the shared
                // ones.
                boolean own = demand.project().equals(fitting.getFirst().project());
                List<Candidate> others = besides(except, fitting);
                trace.step("left", fitting, others);
                fitting = others;
                if (fitting.isEmpty()) {
                    return Found.none(
                            own
                                    ? new Placed.Nowhere(
                                            "hosts",
                                            "You have no other dedicated host. Ask the provider for one.",
                                            "The customer has no other dedicated host.")
                                    : new Placed.Nowhere(
                                            "hosts",
                                            "There is no other host. Ask the provider.",
                                            "There is no other host."));
                }
            }
        }
        List<Candidate> up = fitting.stream().filter(Candidate::up).toList();
        trace.step("silent", fitting, up);
        return up.isEmpty()
                ? Found.none(
                        new Placed.Later(
                                "The hosts that could take the server do not answer at present. Try again later, or ask the provider."))
                : new Found(Weigher.order(demand, up), null);
    }

    /** Room on a host; memory in MiB, disk in GiB. */
    public record Room(int vcpus, long memoryMib, long diskGib) {
        /** What two sizes need of which one at a time runs, while the disks of both are kept. */
        public Room beside(Room other) {
            return new Room(
                    Math.max(vcpus, other.vcpus), Math.max(memoryMib, other.memoryMib), diskGib + other.diskGib);
        }
    }

    /** Whether the host's node makes the disks that a server has beside its own. */
    public boolean makesLocalDisks(Db db, UUID host) {
        return db.sql("select protocol >= ? from host where id = ?")
                .params(LOCAL_DISKS, host)
                .query(Boolean.class)
                .single();
    }

    /** Makes the server's claim on a host it is on as large as said; false when the host has no room for more. */
    public boolean resize(Db db, UUID server, UUID host, Room room) {
        int changed = db.sql("""
                with old as (select vcpus, memory_mib, disk_gib from claim where server_id = :server and host_id = :host for update),
                room as (
                update host set used_vcpus = used_vcpus + :vcpus - old.vcpus,
                       used_memory_mib = used_memory_mib + :memory - old.memory_mib,
                       used_disk_gib = used_disk_gib + :disk - old.disk_gib
                  from old
                 where host.id = :host
                   and (:vcpus <= old.vcpus or used_vcpus + :vcpus - old.vcpus <= floor(host.vcpus * :ratio))
                   and (:memory <= old.memory_mib
                        or used_memory_mib + :memory - old.memory_mib <= host.memory_mib - :reserved)
                   and (:disk <= old.disk_gib or used_disk_gib + :disk - old.disk_gib <= host.disk_gib)
                returning host.id)
                update claim set vcpus = :vcpus, memory_mib = :memory, disk_gib = :disk
                  from room where server_id = :server and host_id = room.id
                """)
                .param("server", server)
                .param("host", host)
                .param("vcpus", room.vcpus())
                .param("memory", room.memoryMib())
                .param("disk", room.diskGib())
                .param("ratio", cpuRatio)
                .param("reserved", reservedMemoryMib)
                .update();
        return changed == 1;
    }

    /** Gives the server's room on one host back; without a claim nothing happens. */
    public void release(Db db, UUID server, UUID host) {
        db.sql("""
                with gone as (delete from claim where server_id = ? and host_id = ? returning host_id, vcpus, memory_mib, disk_gib)
                update host set used_vcpus = used_vcpus - gone.vcpus, used_memory_mib = used_memory_mib - gone.memory_mib,
                       used_disk_gib = used_disk_gib - gone.disk_gib, guests = guests - 1
                  from gone where host.id = gone.host_id
                """).params(server, host).update();
    }

    /** Gives the server's room back; without a claim nothing happens. */
    public void release(Db db, UUID server) {
        db.sql("delete from claim where server_id = ? returning host_id, vcpus, memory_mib, disk_gib")
                .param(server)
                .query((row, n) ->
                        new Claim(row.getObject(1, UUID.class), row.getInt(2), row.getLong(3), row.getLong(4)))
                .list()
                .forEach(claim -> db.sql("""
                        update host set used_vcpus = used_vcpus - ?, used_memory_mib = used_memory_mib - ?,
                               used_disk_gib = used_disk_gib - ?, guests = guests - 1
                         where id = ?
                        """)
                        .param(claim.vcpus)
                        .param(claim.memoryMib)
                        .param(claim.diskGib)
                        .param(claim.host)
                        .update());
    }

    /** The host that the server has a claim on. */
    public Optional<UUID> hostOf(Db db, UUID server) {
        return db.sql("select host_id from claim where server_id = ?")
                .param(server)
                .query(UUID.class)
                .optional();
    }

    private record Claim(UUID host, int vcpus, long memoryMib, long diskGib) {}

    private boolean claim(Db db, UUID host, Demand demand) {
        int claims = db.sql("""
                with room as (
                update host set used_vcpus = used_vcpus + :vcpus, used_memory_mib = used_memory_mib + :memory,
                       used_disk_gib = used_disk_gib + :disk, guests = guests + 1
                 where id = :host and state = 'up' and not maintenance
                   and (project_id = :project
                        or project_id is null and not exists (select 1 from own_hosts where project_id = :project))
                   and used_vcpus + :vcpus <= floor(vcpus * :ratio)
                   and used_memory_mib + :memory <= memory_mib - :reserved
                   and used_disk_gib + :disk <= disk_gib
                returning id)
                insert into claim (server_id, host_id, vcpus, memory_mib, disk_gib)
                select :server, id, :vcpus, :memory, :disk from room
                """)
                .param("server", demand.server())
                .param("vcpus", demand.vcpus())
                .param("memory", demand.memoryMib())
                .param("disk", demand.diskGib())
                .param("project", demand.project())
                .param("host", host)
                .param("ratio", cpuRatio)
                .param("reserved", reservedMemoryMib)
                .update();
        return claims == 1;
    }

    private static final String HOSTS = """
            select id, name, zone, state = 'up' as up, maintenance, project_id, uefi, protocol >= :makes as local_disks, guests,
                   floor(vcpus * :ratio)::bigint - used_vcpus as free_vcpus,
                   memory_mib - :reserved - used_memory_mib as free_memory,
                   disk_gib - used_disk_gib as free_disk
              from host
            """;

    /** Whether the project's plan lets its servers run on its own hosts only. */
    private static boolean wantsOwn(Db db, String project) {
        return db.sql("select exists (select 1 from own_hosts where project_id = ?)")
                .param(project)
                .query(Boolean.class)
                .single();
    }

    private List<Candidate> candidates(Db db) {
        return db.sql(HOSTS)
                .param("makes", LOCAL_DISKS)
                .param("ratio", cpuRatio)
                .param("reserved", reservedMemoryMib)
                .query(Placement::candidate)
                .list();
    }

    private List<Candidate> roomiest(Db db, Demand demand) {
        return db.sql(HOSTS + """
                 where state = 'up' and not maintenance
                   -- Who has dedicated hosts goes there and nowhere else; everybody else goes to shared ones.
                   and project_id is not distinct from
                       (select cast(:project as text) where exists (select 1 from host where project_id = :project)
                                                   or exists (select 1 from own_hosts where project_id = :project))
                   and (:zone::text is null or zone = :zone) and (:name::text is null or name = :name)
                   and (uefi or not :uefi) and (protocol >= :makes or not :local)
                   and used_vcpus + :vcpus <= floor(vcpus * :ratio)
                   and used_memory_mib + :memory <= memory_mib - :reserved and used_disk_gib + :disk <= disk_gib
                 order by free_memory desc, guests, name limit :few
                """)
                .param("makes", LOCAL_DISKS)
                .param("ratio", cpuRatio)
                .param("reserved", reservedMemoryMib)
                .param("project", demand.project())
                .param("zone", demand.zone())
                .param("name", demand.host())
                .param("uefi", demand.uefi())
                .param("local", demand.localDisks())
                .param("vcpus", demand.vcpus())
                .param("memory", demand.memoryMib())
                .param("disk", demand.diskGib())
                .param("few", FEW)
                .query(Placement::candidate)
                .list();
    }

    private static Candidate candidate(ResultSet row, int number) throws SQLException {
        return new Candidate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("zone"),
                row.getBoolean("up"),
                row.getBoolean("maintenance"),
                row.getString("project_id"),
                row.getBoolean("uefi"),
                row.getBoolean("local_disks"),
                row.getLong("free_vcpus"),
                row.getLong("free_memory"),
                row.getLong("free_disk"),
                row.getInt("guests"));
    }
}
