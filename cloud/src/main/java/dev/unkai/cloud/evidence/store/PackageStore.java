package dev.unkai.cloud.evidence.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Entry;
import dev.unkai.cloud.evidence.EvidencePackage;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.PartKind;
import dev.unkai.cloud.evidence.EvidencePackage.PartState;
import dev.unkai.cloud.evidence.EvidencePackage.Span;
import dev.unkai.cloud.evidence.EvidencePackage.State;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.cloud.evidence.Obstacle;
import dev.unkai.wire.event.CadfEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of evidence packages, their parts and their custody. */
@Component
public class PackageStore {
    private static final Entries CUSTODY = new Entries("evidence_custody", "package_id");

    /** Newest first, 500 at most; null means any. */
    public List<EvidencePackage> list(Db db, @Nullable String words, @Nullable String project) {
        return db.sql("""
                        select * from evidence_package
                         where (:words::text is null or concat_ws(' ', 'P-' || number, reference, project_id, server_id, reason, made_name)
                                                        ilike '%' || :words || '%')
                           and (:project::text is null or project_id = :project)
                         order by number desc limit 500
                        """)
                .param("words", Rows.literal(words))
                .param("project", project)
                .query(PackageStore::read)
                .list();
    }

    public Optional<EvidencePackage> find(Db db, UUID id) {
        return db.sql("select * from evidence_package where id = ?")
                .param(id)
                .query(PackageStore::read)
                .optional();
    }

    public Optional<EvidencePackage> lock(Db db, UUID id) {
        return db.sql("select * from evidence_package where id = ? for update")
                .param(id)
                .query(PackageStore::read)
                .optional();
    }

    /** Those that were made for the request, oldest first. */
    public List<EvidencePackage> answering(Db db, UUID disclosure) {
        return db.sql("select * from evidence_package where disclosure_id = ? order by number")
                .param(disclosure)
                .query(PackageStore::read)
                .list();
    }

    public void link(Db db, UUID id, UUID disclosure) {
        db.sql("update evidence_package set disclosure_id = ? where id = ?")
                .param(disclosure)
                .param(id)
                .update();
    }

    public void insert(Db db, EvidencePackage made) {
        db.sql("""
                        insert into evidence_package (id, reference, project_id, server_id, reason, may_tell, from_at, to_at, actions,
                                                      break_glass, ticket, disclosure_id, made_by, made_name)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(made.id())
                .param(made.reference())
                .param(made.project())
                .param(made.server())
                .param(made.reason())
                .param(made.mayTell())
                .param(Rows.timestamp(made.span().from()))
                .param(Rows.timestamp(made.span().to()))
                .param(made.span().actions())
                .param(made.breakGlass())
                .param(made.ticket())
                .param(made.disclosure())
                .param(made.made().id())
                .param(made.made().name())
                .update();
    }

    /** The customer's history will be told of the event of its making. */
    public void owe(Db db, UUID id, CadfEvent event) {
        db.sql(
                        "update evidence_package set owed_event = ?, owed_sha256 = encode(sha256(convert_to(?, 'UTF8')), 'hex') where id = ?")
                .param(UUID.fromString(event.id()))
                .param(event.json())
                .param(id)
                .update();
    }

    public void want(Db db, UUID id, PartKind kind) {
        db.sql("insert into evidence_part (package_id, name, kind, capture_id) values (?, ?, ?, ?)")
                .param(id)
                .param(kind.file())
                .param(kind.wireName())
                .param(kind.fromHost() ? UUID.randomUUID() : null)
                .update();
    }

    public List<Part> parts(Db db, UUID id) {
        return db.sql("select * from evidence_part where package_id = ? order by kind = 'seal', name")
                .param(id)
                .query(PackageStore::part)
                .list();
    }

    /** The part that a host was asked for and that is wanted still. */
    public Optional<Part> ofCapture(Db db, UUID capture) {
        return db.sql("""
                        select p.* from evidence_part p join evidence_package k on k.id = p.package_id
                         where p.capture_id = ? and p.state = 'wanted' and k.state = 'collecting' for update of p
                        """).param(capture).query(PackageStore::part).optional();
    }

    /** Says how many bytes are there. */
    public void progress(Db db, Part part, long size) {
        db.sql("update evidence_part set size = ? where package_id = ? and name = ? and state = 'wanted'")
                .param(size)
                .param(part.packageId())
                .param(part.name())
                .update();
    }

    /** The file holds the part; false when it is not wanted any more, so that the file is waste. */
    public boolean done(Db db, Part part, String file, long size, String sha256) {
        return db.sql("""
                                update evidence_part set state = 'done', done_at = now(), file = ?, size = ?, sha256 = ?
                                 where package_id = ? and name = ? and state = 'wanted'
                                   and exists (select from evidence_package k where k.id = package_id and k.state = 'collecting')
                                """)
                        .param(file)
                        .param(size)
                        .param(sha256)
                        .param(part.packageId())
                        .param(part.name())
                        .update()
                == 1;
    }

    public void missing(Db db, Part part, Obstacle why) {
        db.sql("""
                        update evidence_part set state = 'missing', done_at = now(), size = 0, obstacle = ?, note = ?
                         where package_id = ? and name = ? and state = 'wanted'
                        """)
                .param(why.kind().wireName())
                .param(why.detail())
                .param(part.packageId())
                .param(part.name())
                .update();
    }

    /** A document of the seal. */
    public void document(Db db, UUID id, String name, byte[] content, String sha256) {
        db.sql("""
                        insert into evidence_part (package_id, name, kind, state, done_at, size, sha256, content)
                        values (?, ?, 'seal', 'done', now(), ?, ?, ?)
                        """)
                .param(id)
                .param(name)
                .param(content.length)
                .param(sha256)
                .param(content)
                .update();
    }

    public void sealed(Db db, UUID id, Duration kept) {
        db.sql("""
                        update evidence_package set state = 'sealed', sealed_at = now(), trouble = null, obstacle = null,
                               keep_until = now() + make_interval(secs => ?) where id = ?
                        """).param(kept.toSeconds()).param(id).update();
    }

    public void move(Db db, UUID id, State state) {
        db.sql("""
                        update evidence_package set state = ?, trouble = null, obstacle = null, plan_due = true,
                               destroyed_at = case when ? = 'destroyed' then now() end where id = ?
                        """).param(state.wireName()).param(state.wireName()).param(id).update();
    }

    public void keepUntil(Db db, UUID id, Instant time) {
        db.sql("update evidence_package set keep_until = ? where id = ?")
                .param(Rows.timestamp(time))
                .param(id)
                .update();
    }

    /** One that is to be worked on, for as long as the lease is renewed: the one that was not looked at for longest. */
    public Optional<EvidencePackage> lease(Db db, Duration lease, Duration pause) {
        return db.sql("""
                        update evidence_package set leased_until = now() + make_interval(secs => :lease), tried_at = now()
                         where id = (select id from evidence_package
                                      where state = 'collecting' and (leased_until is null or leased_until < now())
                                        and (tried_at is null or tried_at < now() - make_interval(secs => :pause))
                                      order by tried_at nulls first limit 1 for update skip locked)
                        returning *
                        """)
                .param("lease", lease.toSeconds())
                .param("pause", pause.toSeconds())
                .query(PackageStore::read)
                .optional();
    }

    /** Servers whose host has to hear what is wanted, marked as told. */
    public List<UUID> plansDue(Db db) {
        return db
                .sql("update evidence_package set plan_due = false where plan_due returning server_id")
                .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    public void renew(Db db, UUID id, Duration lease) {
        db.sql("update evidence_package set leased_until = now() + make_interval(secs => ?) where id = ?")
                .param(lease.toSeconds())
                .param(id)
                .update();
    }

    /** Lets others work on it, and says why it does not go on; null: it does. */
    public void release(Db db, UUID id, @Nullable Obstacle why) {
        db.sql(
                        "update evidence_package set leased_until = null, obstacle = ?, trouble = ? where id = ? and state = 'collecting'")
                .param(why == null ? null : why.kind().wireName())
                .param(why == null ? null : why.detail())
                .param(id)
                .update();
    }

    /** Soon again: something has come. */
    public void hurry(Db db, UUID id) {
        db.sql("update evidence_package set tried_at = null where id = ?")
                .param(id)
                .update();
    }

    /** All files that a row stands for. */
    public List<String> files(Db db) {
        return db.sql("""
                        select p.file from evidence_part p join evidence_package k on k.id = p.package_id
                         where p.file is not null and k.state in ('collecting', 'sealed')
                        """).query(String.class).list();
    }

    public void custody(Db db, UUID id, Person by, String action, Map<String, String> facts) {
        CUSTODY.add(db, id, by, action, facts);
    }

    public List<Entry> custody(Db db, UUID id) {
        return CUSTODY.of(db, id);
    }

    /** Whether the server is the project's, and not gone. */
    public boolean hasServer(Db db, String project, UUID server) {
        return db.sql("select exists (select from server where id = ? and project_id = ? and terminated_at is null)")
                .params(server, project)
                .query(Boolean.class)
                .single();
    }

    /** Whether the ledger has still to be told of something that was recorded before. */
    public boolean isUntold(Db db, Instant before) {
        return db.sql("select exists (select from outbox where recorded_at < ?)")
                .param(Rows.timestamp(before))
                .query(Boolean.class)
                .single();
    }

    /** Whether something of the package's customer is held: everything, its server, or this very package's logs. */
    public boolean isHeld(Db db, EvidencePackage evidence) {
        UUID server = evidence.server();
        return db.sql("select is_held('server', ?, ?) or is_held('log', 'all', ?)")
                .param(server == null ? "" : server.toString())
                .param(evidence.project())
                .param(evidence.project())
                .query(Boolean.class)
                .single();
    }

    /** The server as the service has it, with its disk, ports, filters and host, as one JSON text; without what is secret in it. */
    public String configuration(Db db, UUID server) {
        return db.sql("""
                        select jsonb_pretty(jsonb_build_object(
                            'read_at', now(),
                            'server', (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(s))
                                         where key !~ '(password|secret|token|user_data)'),
                            'disk', (select to_jsonb(d) from server_disk d where d.server_id = s.id),
                            'host', (select to_jsonb(h) from host h where h.id = s.host_id),
                            'image', (select to_jsonb(i) from image i where i.id = s.image_id),
                            'ports', (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object(
                                 'addresses', (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from address a where a.port_id = p.id),
                                 'security_groups', (select coalesce(jsonb_agg(to_jsonb(g) || jsonb_build_object('rules',
                                       (select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at, r.id), '[]')
                                          from security_group_rule r where r.security_group_id = g.id)) order by g.id), '[]')
                                     from port_security_group m join security_group g on g.id = m.security_group_id
                                    where m.port_id = p.id)) order by p.id), '[]')
                               from port p where p.server_id = s.id),
                            'floating_ips', (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from floating_ip f
                               join port p on p.id = f.port_id where p.server_id = s.id),
                            'actions', (select coalesce(jsonb_agg(to_jsonb(a) order by a.id), '[]') from instance_action a
                               where a.server_id = s.id)))
                          from server s where s.id = ?
                        """).param(server).query(String.class).optional().orElse("{}");
    }

    private static EvidencePackage read(ResultSet row, int number) throws SQLException {
        return new EvidencePackage(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("reference"),
                row.getString("project_id"),
                row.getObject("server_id", UUID.class),
                row.getString("reason"),
                row.getBoolean("may_tell"),
                new Span(Rows.time(row, "from_at"), Rows.time(row, "to_at"), row.getString("actions")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("break_glass", UUID.class),
                row.getString("ticket"),
                row.getObject("disclosure_id", UUID.class),
                new Person(row.getString("made_by"), row.getString("made_name")),
                row.getTimestamp("made_at").toInstant(),
                Rows.time(row, "sealed_at"),
                Rows.time(row, "keep_until"),
                Rows.time(row, "destroyed_at"),
                row.getObject("owed_event") != null,
                Rows.time(row, "told_at"),
                obstacle(row.getString("obstacle"), row.getString("trouble")));
    }

    private static Part part(ResultSet row, int number) throws SQLException {
        return new Part(
                row.getObject("package_id", UUID.class),
                row.getString("name"),
                PartKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                PartState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("capture_id", UUID.class),
                row.getTimestamp("asked_at").toInstant(),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("file"),
                row.getBytes("content"),
                obstacle(row.getString("obstacle"), row.getString("note")));
    }

    /** What was stored without a kind is a sentence of an older version. */
    private static @Nullable Obstacle obstacle(@Nullable String kind, @Nullable String detail) {
        return kind == null && detail == null
                ? null
                : new Obstacle(Obstacle.Kind.of(kind).orElse(Obstacle.Kind.HOST), detail);
    }
}
