package dev.unkai.identity.session;

import dev.unkai.base.data.Db;
import dev.unkai.web.Sightings.Sighting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code session}. */
@Component
public final class SessionStore {
    private static final int MOST_LISTED = 500;

    /** Good until its end, unless it was taken back by one of the revocations that take all of its tokens. */
    private static final String LIVING = """
            select s.id, s.account_id, a.name as account_name, s.domain_id, s.how, s.method, s.credential_id, s.address,
                   s.agent, s.created_at, s.last_used_at, s.last_address, s.ends_at
              from session s join account a on a.id = s.account_id
             where s.ends_at > :now
               and not exists (
                   select 1 from revocation r
                    where r.issued_before >= s.issued_at
                      and (r.subject = 'CHAIN' and r.id = s.id
                           or r.subject = 'TOKEN' and r.id = s.id and s.token_id = s.id
                           or r.subject = 'USER' and r.id = s.account_id
                           or r.subject = 'DOMAIN' and r.id = s.domain_id
                           or r.subject = 'APPLICATION_CREDENTIAL' and r.id = s.credential_id))
            """;

    /** The living sessions of an account, or of all accounts of a domain; the last used first. */
    public List<Session> living(Db db, Instant now, @Nullable String accountId, @Nullable String domainId) {
        return db.sql(LIVING + """
                               and (s.account_id = :account or s.domain_id = :domain)
                             order by s.last_used_at desc, s.id limit :most
                        """)
                .param("now", Timestamp.from(now))
                .param("account", accountId)
                .param("domain", domainId)
                .param("most", MOST_LISTED)
                .query(SessionStore::read)
                .list();
    }

    Optional<Session> living(Db db, Instant now, String id) {
        return db.sql(LIVING + " and s.id = :id")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .query(SessionStore::read)
                .optional();
    }

    /** When the console's session began; empty for any other. */
    public Optional<Instant> consoleSince(Db db, String id) {
        return db.sql("select created_at from session where id = ? and how = 'console'")
                .param(id)
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    void insert(Db db, Session session, Instant issuedAt) {
        db.sql("""
                        insert into session (id, account_id, domain_id, how, method, credential_id, address, agent, created_at,
                                             last_used_at, last_address, token_id, issued_at, ends_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(session.id())
                .param(session.accountId())
                .param(session.domainId())
                .param(session.how())
                .param(session.method())
                .param(session.credentialId())
                .param(session.address())
                .param(session.agent())
                .param(Timestamp.from(session.createdAt()))
                .param(Timestamp.from(session.lastUsedAt()))
                .param(session.lastAddress())
                .param(session.id())
                .param(Timestamp.from(issuedAt))
                .param(Timestamp.from(session.endsAt()))
                .update();
    }

    /** A token of the session was exchanged for another one. */
    void goesOn(Db db, String id, String tokenId, String address, Instant issuedAt, Instant endsAt) {
        db.sql("""
                        update session set token_id = ?, issued_at = ?, last_used_at = ?, last_address = ?,
                                           ends_at = greatest(ends_at, ?)
                         where id = ?
                        """)
                .param(tokenId)
                .param(Timestamp.from(issuedAt))
                .param(Timestamp.from(issuedAt))
                .param(address)
                .param(Timestamp.from(endsAt))
                .param(id)
                .update();
    }

    /** Takes in when sessions were last used, as far as that is news. In one order, so that two of these never wait for each other. */
    void seen(Db db, List<Sighting> sightings, Instant now) {
        if (sightings.isEmpty()) {
            return;
        }
        db.sql("""
                        with told as (
                            select * from unnest(?::text[], ?::timestamptz[], ?::text[]) t (id, at, address)),
                        held as (
                            select s.id from session s where s.id in (select id from told) order by s.id for update)
                        update session s set last_used_at = least(t.at, ?), last_address = t.address
                          from told t, held h
                         where s.id = t.id and h.id = s.id and s.last_used_at < t.at
                        """)
                .param(sightings.stream().map(Sighting::session).toArray(String[]::new))
                .param(sightings.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param(sightings.stream().map(Sighting::address).toArray(String[]::new))
                .param(Timestamp.from(now))
                .update();
    }

    void forgetEnded(Db db, Instant now) {
        db.sql("delete from session where ends_at < ?")
                .param(Timestamp.from(now))
                .update();
    }

    private static Session read(ResultSet row, int number) throws SQLException {
        return new Session(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("account_name"),
                row.getString("domain_id"),
                row.getString("how"),
                row.getString("method"),
                row.getString("credential_id"),
                row.getString("address"),
                row.getString("agent"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_used_at").toInstant(),
                row.getString("last_address"),
                row.getTimestamp("ends_at").toInstant());
    }
}
