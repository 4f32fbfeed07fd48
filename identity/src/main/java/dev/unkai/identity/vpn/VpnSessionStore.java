package dev.unkai.identity.vpn;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.vpn.VpnSessions.Tunnel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code vpn_session}. */
@Component
public final class VpnSessionStore {
    private static final int MOST_LISTED = 1_000;

    private static final String SELECT = """
            select s.id, s.account_id, s.account_name, s.domain_id, coalesce(d.name, '') as domain_name, s.project_id,
                   s.inner_address, s.outer_address, s.agent, s.created_at, s.tunnel, s.seen_at, s.received_bytes,
                   s.sent_bytes, s.end_wanted_at
              from vpn_session s left join domain d on d.id = s.domain_id
            """;

    /** Of an account, of all accounts of a domain, or of everybody when both are null; the newest first. */
    List<VpnSession> list(Db db, @Nullable String accountId, @Nullable String domainId) {
        return db.sql(SELECT + """
                         where (cast(:account as text) is null or s.account_id = :account)
                           and (cast(:domain as text) is null or s.domain_id = :domain)
                         order by s.created_at desc, s.id limit :most
                        """)
                .param("account", accountId)
                .param("domain", domainId)
                .param("most", MOST_LISTED)
                .query(VpnSessionStore::read)
                .list();
    }

    Optional<VpnSession> byId(Db db, String id) {
        return db.sql(SELECT + " where s.id = ?")
                .param(id)
                .query(VpnSessionStore::read)
                .optional();
    }

    /** All there are, held until the transaction ends, in one order. */
    List<VpnSession> held(Db db) {
        return db.sql(SELECT + " order by s.id for update of s")
                .query(VpnSessionStore::read)
                .list();
    }

    List<String> innerAddresses(Db db) {
        return db.sql("select inner_address from vpn_session")
                .query(String.class)
                .list();
    }

    /** Why a session whose account logged in at its beginning may go on no longer, if so. */
    Optional<String> reasonToEnd(Db db, VpnSession session) {
        return db.sql("""
                        select case
                            when not exists (select 1 from account a join domain d on d.id = a.domain_id
                                              where a.id = :account and a.enabled and d.enabled)
                                then 'the account is disabled'
                            when exists (select 1 from revocation r
                                          where r.issued_before >= :since
                                            and (r.subject = 'USER' and r.id = :account
                                                 or r.subject = 'DOMAIN' and r.id = :domain))
                                then 'the sessions of the account were ended'
                            when not exists (select 1 from portal_access p
                                              where p.domain_id = :domain and p.kind = 'ssl-vpn')
                                then 'the contract is not reached through the SSL-VPN any more'
                            else '' end as reason
                        """)
                .param("account", session.accountId())
                .param("domain", session.domainId())
                .param("since", Timestamp.from(session.createdAt()))
                .query(String.class)
                .optional()
                .filter(reason -> !reason.isEmpty());
    }

    void insert(Db db, VpnSession session) {
        db.sql("""
                        insert into vpn_session (id, account_id, account_name, domain_id, project_id, inner_address,
                                                 outer_address, agent, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(session.id())
                .param(session.accountId())
                .param(session.accountName())
                .param(session.domainId())
                .param(session.projectId())
                .param(session.innerAddress())
                .param(session.outerAddress())
                .param(session.agent())
                .param(Timestamp.from(session.createdAt()))
                .update();
    }

    /** The gateway has seen it. */
    void seen(Db db, String id, Tunnel tunnel, Instant now) {
        db.sql("""
                        update vpn_session set tunnel = ?, seen_at = ?, outer_address = coalesce(?, outer_address),
                                               received_bytes = ?, sent_bytes = ?
                         where id = ?
                        """)
                .param(tunnel.tunnel())
                .param(Timestamp.from(now))
                .param(tunnel.outerAddress())
                .param(tunnel.receivedBytes())
                .param(tunnel.sentBytes())
                .param(id)
                .update();
    }

    void wantEnd(Db db, String id, Instant now, String by) {
        db.sql("update vpn_session set end_wanted_at = ?, end_wanted_by = ? where id = ? and end_wanted_at is null")
                .param(Timestamp.from(now))
                .param(by)
                .param(id)
                .update();
    }

    void delete(Db db, String id) {
        db.sql("delete from vpn_session where id = ?").param(id).update();
    }

    private static VpnSession read(ResultSet row, int number) throws SQLException {
        return new VpnSession(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("account_name"),
                row.getString("domain_id"),
                row.getString("domain_name"),
                row.getString("project_id"),
                row.getString("inner_address"),
                row.getString("outer_address"),
                row.getString("agent"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("tunnel"),
                Times.column(row, "seen_at"),
                row.getLong("received_bytes"),
                row.getLong("sent_bytes"),
                Times.column(row, "end_wanted_at"));
    }
}
