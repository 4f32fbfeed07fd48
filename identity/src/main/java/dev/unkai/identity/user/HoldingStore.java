package dev.unkai.identity.user;

import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.session.SessionStore;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads what an account holds, from the tables of those who keep it. */
@Component
final class HoldingStore {
    private final SessionStore sessions;
    private final Clock clock;

    HoldingStore(SessionStore sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    Holdings of(Db db, Account account) {
        String id = account.id();
        return new Holdings(
                new Holdings.Who(id, account.name(), account.description(), account.email(), account.enabled()),
                sessions.living(db, clock.instant(), id, null).size(),
                count(db, "select count(*) from vpn_session where account_id = ?", id),
                db.sql("""
                                select c.name, p.name as project, c.expires_at
                                  from application_credential c join project p on p.id = c.project_id
                                 where c.account_id = ? order by c.name
                                """)
                        .param(id)
                        .query((row, n) -> new Holdings.Credential(
                                row.getString("name"), row.getString("project"), Times.column(row, "expires_at")))
                        .list(),
                count(db, "select count(*) from user_credential where account_id = ? and type = 'ec2'", id),
                count(db, "select count(*) from user_credential where account_id = ? and type = 'totp'", id)
                        + count(db, "select count(*) from passkey where account_id = ?", id),
                db.sql("""
                                select f.name as lender, u.name as borrower, p.name as project
                                  from trust t join account f on f.id = t.trustor_id join account u on u.id = t.trustee_id
                                  join project p on p.id = t.project_id
                                 where :id in (t.trustor_id, t.trustee_id, t.owner_id) order by t.created_at, t.id
                                """)
                        .param("id", id)
                        .query((row, n) -> new Holdings.Lent(
                                row.getString("lender"), row.getString("borrower"), row.getString("project")))
                        .list(),
                db.sql("""
                                select coalesce(nullif(c.description, ''), c.id) as program, p.name as project
                                  from oauth_access_token t join oauth_consumer c on c.id = t.consumer_id
                                  join project p on p.id = t.project_id
                                 where t.account_id = ? and t.expires_at > now() order by 1, 2
                                """)
                        .param(id)
                        .query((row, n) -> new Holdings.Program(row.getString("program"), row.getString("project")))
                        .list(),
                db.sql(
                                "select g.name from account_group g join group_member m on m.group_id = g.id where m.account_id = ? order by 1")
                        .param(id)
                        .query(String.class)
                        .list(),
                isLastMaster(db, account));
    }

    /** Whether the account manages the users of its domain, and no other enabled one does. */
    boolean isLastMaster(Db db, Account account) {
        return db.sql("""
                        with master as (
                            select a.id, a.enabled from account a
                             where a.domain_id = :domain
                               and exists (select 1 from assignment s join role r on r.id = s.role_id
                                            where s.domain_id = :domain and r.domain_id is null and r.name = any (:masters)
                                              and (s.account_id = a.id
                                                   or s.group_id in (select group_id from group_member where account_id = a.id))))
                        select exists (select 1 from master where id = :id)
                           and not exists (select 1 from master where id <> :id and enabled)
                        """)
                .param("domain", account.domainId())
                .param("id", account.id())
                .param(
                        "masters",
                        Stream.of(Role.MASTER, Role.MANAGER).map(Role::wireName).toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    private static int count(Db db, String query, String id) {
        return db.sql(query).param(id).query(Integer.class).single();
    }
}
