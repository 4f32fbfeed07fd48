package dev.unkai.cloud.evidence.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Disclosure;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.Disclosure.Channel;
import dev.unkai.cloud.evidence.Disclosure.Request;
import dev.unkai.cloud.evidence.Disclosure.State;
import dev.unkai.cloud.evidence.Entry;
import dev.unkai.cloud.evidence.Hold.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code disclosure} and of its changes. */
@Component
public class DisclosureStore {
    private static final String SELECT = "select d.*, secret_until(d.id) as secret_until from disclosure d";
    private static final Entries CHANGES = new Entries("disclosure_change", "disclosure_id");

    /**
     * Which are asked for; null means any.
     *
     * @param words in any of the texts, or {@code D-number}
     * @param from, to of the receipt
     */
    public record Search(
            @Nullable String words,
            @Nullable State state,
            @Nullable String project,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit) {}

    public List<Disclosure> list(Db db, Search search) {
        State state = search.state();
        return db.sql(SELECT + """
                         where (:words::text is null
                                or concat_ws(' ', 'D-' || number, requester, their_number, legal_basis, project_id, scope, reason, handed_to)
                                   ilike '%' || :words || '%')
                           and (:state::text is null or state = :state)
                           and (:project::text is null or project_id = :project)
                           and (:from::timestamptz is null or received_at >= :from)
                           and (:to::timestamptz is null or received_at < :to)
                         order by received_at desc, number desc limit :limit
                        """)
                .param("words", Rows.literal(search.words()))
                .param("state", state == null ? null : state.wireName())
                .param("project", search.project())
                .param("from", Rows.timestamp(search.from()))
                .param("to", Rows.timestamp(search.to()))
                .param("limit", search.limit())
                .query(DisclosureStore::read)
                .list();
    }

    public Optional<Disclosure> find(Db db, UUID id) {
        return db.sql(SELECT + " where id = ?")
                .param(id)
                .query(DisclosureStore::read)
                .optional();
    }

    public Optional<Disclosure> lock(Db db, UUID id) {
        return db.sql(SELECT + " where id = ? for update of d")
                .param(id)
                .query(DisclosureStore::read)
                .optional();
    }

    public List<Entry> changes(Db db, UUID id) {
        return CHANGES.of(db, id);
    }

    public void insert(Db db, UUID id, Request request, boolean mayTell, Person by) {
        db.sql("""
                        insert into disclosure (id, requester, their_number, channel, received_at, legal_basis, project_id, scope,
                                                from_at, to_at, may_tell, recorded_by, recorded_name)
                        values (:id, :requester, :theirs, :channel, :received, :basis, :project, :scope, :from, :to,
                                :mayTell, :by, :name)
                        """)
                .params(named(request))
                .param("id", id)
                .param("mayTell", mayTell)
                .param("by", by.id())
                .param("name", by.name())
                .update();
    }

    public void rewrite(Db db, UUID id, Request request) {
        db.sql("""
                        update disclosure set requester = :requester, their_number = :theirs, channel = :channel,
                               received_at = :received, legal_basis = :basis, project_id = :project, scope = :scope,
                               from_at = :from, to_at = :to where id = :id
                        """).params(named(request)).param("id", id).update();
    }

    private static Map<String, @Nullable Object> named(Request request) {
        Map<String, @Nullable Object> values = new java.util.HashMap<>();
        values.put("requester", request.requester());
        values.put("theirs", request.theirNumber());
        values.put("channel", request.channel().wireName());
        values.put("received", Rows.timestamp(request.receivedAt()));
        values.put("basis", request.legalBasis());
        values.put("project", request.project());
        values.put("scope", request.scope());
        values.put("from", Rows.timestamp(request.from()));
        values.put("to", Rows.timestamp(request.to()));
        return values;
    }

    public void propose(Db db, UUID id, Answer answer, String reason, Person by) {
        db.sql("""
                        update disclosure set state = 'proposed', proposal = ?, reason = ?, proposed_by = ?, proposed_name = ?,
                               proposed_at = now() where id = ?
                        """)
                .param(answer.wireName())
                .param(reason)
                .param(by.id())
                .param(by.name())
                .param(id)
                .update();
    }

    public void decide(Db db, UUID id, Answer answer, Person by) {
        db.sql("update disclosure set state = ?, decided_by = ?, decided_name = ?, decided_at = now() where id = ?")
                .param(answer.wireName())
                .param(by.id())
                .param(by.name())
                .param(id)
                .update();
    }

    public void giveBack(Db db, UUID id) {
        db.sql("""
                        update disclosure set state = 'received', proposal = null, reason = null, proposed_by = null,
                               proposed_name = null, proposed_at = null where id = ?
                        """).param(id).update();
    }

    public void handOver(Db db, UUID id, String to) {
        db.sql("update disclosure set state = 'handed_over', handed_to = ?, handed_at = now() where id = ?")
                .param(to)
                .param(id)
                .update();
    }

    public void move(Db db, UUID id, State state) {
        db.sql("update disclosure set state = ? where id = ?")
                .param(state.wireName())
                .param(id)
                .update();
    }

    public void mayTell(Db db, UUID id, boolean mayTell) {
        db.sql("update disclosure set may_tell = ? where id = ?")
                .param(mayTell)
                .param(id)
                .update();
    }

    public void told(Db db, UUID id) {
        db.sql("update disclosure set told_at = now() where id = ?").param(id).update();
    }

    public void link(Db db, UUID id, UUID packageId) {
        db.sql("update disclosure set package_id = ? where id = ?")
                .param(packageId)
                .param(id)
                .update();
    }

    public void note(Db db, UUID id, Person by, String action, Map<String, String> facts) {
        CHANGES.add(db, id, by, action, facts);
    }

    private static Disclosure read(ResultSet row, int number) throws SQLException {
        String proposal = row.getString("proposal");
        return new Disclosure(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                new Request(
                        row.getString("requester"),
                        row.getString("their_number"),
                        Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                        row.getTimestamp("received_at").toInstant(),
                        row.getString("legal_basis"),
                        row.getString("project_id"),
                        row.getString("scope"),
                        Rows.time(row, "from_at"),
                        Rows.time(row, "to_at")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("may_tell"),
                new Person(row.getString("recorded_by"), row.getString("recorded_name")),
                row.getTimestamp("recorded_at").toInstant(),
                proposal == null ? null : Answer.valueOf(proposal.toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                Rows.person(row, "proposed"),
                Rows.time(row, "proposed_at"),
                Rows.person(row, "decided"),
                Rows.time(row, "decided_at"),
                row.getObject("package_id", UUID.class),
                row.getString("handed_to"),
                Rows.time(row, "handed_at"),
                Rows.time(row, "told_at"),
                Rows.time(row, "secret_until"));
    }
}
