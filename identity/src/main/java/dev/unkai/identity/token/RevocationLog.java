package dev.unkai.identity.token;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.Revocations.Subject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Takes tokens back and tells every process of it. */
public final class RevocationLog implements Reconciler {
    /** No token lives longer (dev.unkai.web.IdentityFeed forgets after the same time). */
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofHours(25);

    private static final int PAGE = 10_000;

    private final Transactions transactions;
    private final Revocations revocations;
    private final Clock clock;

    public RevocationLog(Transactions transactions, Revocations revocations, Clock clock) {
        this.transactions = transactions;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "revocations";
    }

    @Override
    public String channel() {
        return "revocation";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    /** Learns what is new, from this process or another one, and drops what concerns no living token. */
    @Override
    public boolean step() {
        List<Revocation> fresh = since(revocations.newest());
        fresh.forEach(revocations::learn);
        revocations.forgetBefore(clock.instant().minus(LONGEST_TOKEN_LIFE));
        return fresh.size() == PAGE;
    }

    /** The next revocations after the number, in order. */
    public List<Revocation> since(long number) {
        return transactions.asSystem(db -> db.sql("""
                        select number, subject, id, issued_before from revocation
                         where number > ? and expires_at > ? order by number limit ?
                        """)
                .param(number)
                .param(Timestamp.from(clock.instant()))
                .param(PAGE)
                .query((row, n) -> new Revocation(
                        row.getLong("number"),
                        Subject.valueOf(row.getString("subject")),
                        row.getString("id"),
                        row.getTimestamp("issued_before").toInstant()))
                .list());
    }

    /**
     * Voids all tokens of the subject that were issued up to now. Call it last in the transaction, when the rows that
     * issuing a token looks at (account, project, domain) are locked: then a token is either made before, and void, or
     * made after from what the transaction leaves behind.
     */
    public void revoke(Db db, Subject subject, String id) {
        db.sql("select pg_advisory_xact_lock(4301)").query().singleRow();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        db.sql("insert into revocation (subject, id, issued_before, expires_at) values (?, ?, ?, ?)")
                .param(subject.name())
                .param(id)
                .param(Timestamp.from(now))
                .param(Timestamp.from(now.plus(LONGEST_TOKEN_LIFE)))
                .update();
        db.wake(channel());
    }

    /**
     * Whether what was issued then is void by now, of one subject. What is being taken back at this moment is waited for: nothing that this transaction has issued
     * before it asks gets past it.
     */
    public boolean covers(Db db, Subject subject, String id, Instant issuedAt) {
        db.sql("select pg_advisory_xact_lock(4301)").query().singleRow();
        return db.sql("select exists (select 1 from revocation where subject = ? and id = ? and issued_before >= ?)")
                .param(subject.name())
                .param(id)
                .param(Timestamp.from(issuedAt))
                .query(Boolean.class)
                .single();
    }

    /** The instant that a token issued now must carry so that no revocation up to now takes it for an older one. */
    Instant issueTime(Db db, String userId, @org.jspecify.annotations.Nullable String projectId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant newest = db.sql("""
                        select max(issued_before) from revocation
                         where (subject = 'USER' and id = :user)
                            or (subject = 'PROJECT' and id = :project)
                            or (subject = 'USER_IN_PROJECT' and id = :user || '/' || :project)
                        """)
                .param("user", userId)
                .param("project", projectId == null ? "" : projectId)
                .query((row, n) -> row.getTimestamp(1) == null
                        ? Instant.EPOCH
                        : row.getTimestamp(1).toInstant())
                .single();
        return newest.isBefore(now) ? now : newest.plus(1, ChronoUnit.MICROS);
    }
}
