package dev.unkai.cloud.notice.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.notice.Notice;
import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.cloud.notice.Notice.Kind;
import dev.unkai.cloud.notice.Notice.Own;
import dev.unkai.cloud.notice.Notice.State;
import dev.unkai.cloud.notice.Notice.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Notices with their versions, and what was read of them. Row-level security shows a customer what is shown to it now. */
@Component
public class NoticeStore {
    private static final String SELECT = """
            select n.*, case when n.ended_at is not null or n.shown_until <= now() then 'over' when n.shown_from > now() then 'waiting'
                             else 'shown' end as state
              from notice n
            """;
    /** Said in the query as well: an administrator's request sees all rows. */
    private static final String FOR_READER =
            " n.ended_at is null and n.shown_from <= now() and now() < n.shown_until and (n.everyone or ? = any (n.projects)) ";

    /** Who writes; null: the service itself. */
    public record Writer(String id, String name) {}

    public Notice insert(Db db, UUID id, Content content, State state) {
        return set(db.sql("""
                        insert into notice (kind, important, title_ja, title_en, text_ja, text_en, everyone, projects, shown_from, shown_until, phase, id)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        returning *, phase as state
                        """), content, state, id);
    }

    /** The content and the number of the version; what it was stays among its versions. */
    public Notice correct(Db db, UUID id, Content content, State state) {
        return set(db.sql("""
                        update notice set kind = ?, important = ?, title_ja = ?, title_en = ?, text_ja = ?, text_en = ?, everyone = ?, projects = ?,
                               shown_from = ?, shown_until = ?, phase = ?, version = version + 1
                         where id = ?
                        returning *, phase as state
                        """), content, state, id);
    }

    private static Notice set(StatementSpec statement, Content content, State state, UUID id) {
        return contents(statement, content)
                .param(state.wireName())
                .param(id)
                .query(NoticeStore::read)
                .single();
    }

    private static StatementSpec contents(StatementSpec statement, Content content) {
        return statement
                .param(content.kind().wireName())
                .param(content.important())
                .param(content.titleJa())
                .param(content.titleEn())
                .param(content.textJa())
                .param(content.textEn())
                .param(content.everyone())
                .param(content.projects().toArray(String[]::new))
                .param(Timestamp.from(content.shownFrom()))
                .param(Timestamp.from(content.shownUntil()));
    }

    public void version(Db db, Notice notice, @Nullable Writer by, Instant at, @Nullable String reason, int mails) {
        contents(db.sql("""
                        insert into notice_version (kind, important, title_ja, title_en, text_ja, text_en, everyone, projects, shown_from, shown_until,
                                                    notice_id, version, by_id, by_name, at, reason, mails)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """), notice.content())
                .param(notice.id())
                .param(notice.version())
                .param(by == null ? null : by.id())
                .param(by == null ? null : by.name())
                .param(Timestamp.from(at))
                .param(reason)
                .param(mails)
                .update();
    }

    public void end(Db db, UUID id, Instant at, String reason) {
        db.sql("update notice set ended_at = ?, end_reason = ?, phase = 'over' where id = ?")
                .param(Timestamp.from(at))
                .param(reason)
                .param(id)
                .update();
    }

    /** Newest first. */
    public List<Notice> list(Db db, int most) {
        return db.sql(SELECT + " order by n.number desc limit ?")
                .param(most)
                .query(NoticeStore::read)
                .list();
    }

    public Optional<Notice> find(Db db, UUID id) {
        return db.sql(SELECT + " where n.id = ?")
                .param(id)
                .query(NoticeStore::read)
                .optional();
    }

    public Optional<Notice> lock(Db db, UUID id) {
        return db.sql(SELECT + " where n.id = ? for update")
                .param(id)
                .query(NoticeStore::read)
                .optional();
    }

    public List<Version> versions(Db db, UUID id) {
        return db.sql("select * from notice_version where notice_id = ? order by version desc")
                .param(id)
                .query((row, _) -> new Version(
                        row.getInt("version"),
                        content(row),
                        row.getString("by_name"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("reason"),
                        row.getInt("mails")))
                .list();
    }

    /** How many people have read the version. */
    public int readers(Db db, UUID id, int version) {
        return db.sql("select count(*) from notice_read where notice_id = ? and version = ?")
                .params(id, version)
                .query(Integer.class)
                .single();
    }

    /** What is shown to the user in the project now: unread first, then the important, then the newest. */
    public List<Own> own(Db db, String user, String project, int most) {
        reach(db, user);
        return db.sql("select x.*, r.version is not distinct from x.version as read from (" + SELECT + " where"
                        + FOR_READER + """
                        ) x left join notice_read r on r.notice_id = x.id and r.user_id = ?
                         order by read, x.important desc, x.shown_from desc, x.number desc limit ?
                        """)
                .params(project, user, most)
                .query((row, number) -> new Own(read(row, number), row.getBoolean("read")))
                .list();
    }

    /** Of those shown to the user in the project; null: all of them. Returns how many of that name there are. */
    public int markRead(Db db, String user, String project, @Nullable UUID id, Instant at) {
        reach(db, user);
        return db.sql(
                        "insert into notice_read (user_id, notice_id, version, read_at) select ?, n.id, n.version, ? from notice n where"
                                + FOR_READER
                                + (id == null ? "" : " and n.id = ?") + """
                         on conflict (user_id, notice_id) do update set version = excluded.version, read_at = excluded.read_at
                        """)
                .params(
                        id == null
                                ? List.of(user, Timestamp.from(at), project)
                                : List.of(user, Timestamp.from(at), project, id))
                .update();
    }

    private static void reach(Db db, String user) {
        db.sql("select set_config('unkai.user', ?, true)").param(user).query().singleRow();
    }

    /** The clock has gone on: what began or ended meanwhile is told by its row. Returns how many. */
    public int turn(Db db) {
        return db.sql("""
                        update notice set phase = case when shown_until <= now() then 'over' else 'shown' end
                         where phase <> 'over'
                           and phase <> case when shown_until <= now() then 'over' when shown_from <= now() then 'shown' else 'waiting' end
                        """).update();
    }

    private static Notice read(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Notice(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getInt("version"),
                content(row),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                ended == null ? null : ended.toInstant(),
                row.getString("end_reason"));
    }

    private static Content content(ResultSet row) throws SQLException {
        return new Content(
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getBoolean("important"),
                row.getString("title_ja"),
                row.getString("title_en"),
                row.getString("text_ja"),
                row.getString("text_en"),
                row.getBoolean("everyone"),
                List.of((String[]) row.getArray("projects").getArray()),
                row.getTimestamp("shown_from").toInstant(),
                row.getTimestamp("shown_until").toInstant());
    }
}
