package dev.unkai.identity.viewing;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code viewing}. */
@Component
final class ViewingStore {
    private static final int BATCH = 100;

    void insert(Db db, Viewing viewing) {
        db.sql("""
                        insert into viewing (id, account_id, account_name, session_id, from_project_id, from_domain_id, token_id,
                                             project_id, project_name, domain_id, issued_at, ends_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(viewing.id())
                .param(viewing.accountId())
                .param(viewing.accountName())
                .param(viewing.sessionId())
                .param(viewing.fromProjectId())
                .param(viewing.fromDomainId())
                .param(viewing.tokenId())
                .param(viewing.projectId())
                .param(viewing.projectName())
                .param(viewing.domainId())
                .param(Timestamp.from(viewing.issuedAt()))
                .param(Timestamp.from(viewing.endsAt()))
                .update();
    }

    /** Marks it as ended; empty when it was already, or never was. */
    Optional<Viewing> end(Db db, String id, Instant now) {
        return db.sql("update viewing set ended_at = ? where id = ? and ended_at is null returning *")
                .param(Timestamp.from(now))
                .param(id)
                .query(ViewingStore::read)
                .optional();
    }

    /** Those of a session that nobody has ended. */
    List<Viewing> openOf(Db db, String sessionId) {
        return db.sql("select * from viewing where session_id = ? and ended_at is null for update")
                .param(sessionId)
                .query(ViewingStore::read)
                .list();
    }

    /** Those that are over, whoever ended what they hang by, without that their end is recorded. Taken for the transaction. */
    List<Viewing> over(Db db, Instant now) {
        return db.sql("""
                        select v.* from viewing v
                         where v.ended_at is null
                           and (v.ends_at <= :now
                                or exists (
                                    select 1 from revocation r
                                     where r.issued_before >= v.issued_at
                                       and (r.subject = 'CHAIN' and r.id = v.session_id
                                            or r.subject = 'TOKEN' and r.id = v.token_id
                                            or r.subject = 'USER' and r.id = v.account_id
                                            or r.subject = 'PROJECT' and r.id in (v.project_id, v.from_project_id)
                                            or r.subject = 'DOMAIN' and r.id in (v.domain_id, v.from_domain_id)
                                            or r.subject = 'USER_IN_PROJECT'
                                               and r.id in (v.account_id || '/' || v.project_id,
                                                            v.account_id || '/' || v.from_project_id))))
                         order by v.ends_at limit :batch
                           for update of v skip locked
                        """)
                .param("now", Timestamp.from(now))
                .param("batch", BATCH)
                .query(ViewingStore::read)
                .list();
    }

    private static Viewing read(ResultSet row, int number) throws SQLException {
        return new Viewing(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("account_name"),
                row.getString("session_id"),
                row.getString("from_project_id"),
                row.getString("from_domain_id"),
                row.getString("token_id"),
                row.getString("project_id"),
                row.getString("project_name"),
                row.getString("domain_id"),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
    }
}
