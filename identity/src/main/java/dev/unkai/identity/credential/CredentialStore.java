package dev.unkai.identity.credential;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.role.HeldRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code application_credential}. */
@Component
public final class CredentialStore {
    private static final String SELECT = """
            select c.id, c.account_id, c.project_id, c.name, c.description, c.secret_hash, c.unrestricted, c.expires_at,
                   array(select r.id || ' ' || r.name from application_credential_role x join role r on r.id = x.role_id
                          where x.credential_id = c.id order by r.name) as roles,
                   array(select array[r.id, r.path, r.method, r.service] from application_credential_rule x
                           join access_rule r on r.id = x.rule_id
                          where x.credential_id = c.id order by r.service, r.path, r.method) as rules
              from application_credential c
            """;

    public Optional<ApplicationCredential> byId(Db db, String id) {
        return db.sql(SELECT + " where c.id = ?")
                .param(id)
                .query(CredentialStore::read)
                .optional();
    }

    public Optional<ApplicationCredential> byName(Db db, String accountId, String name) {
        return db.sql(SELECT + " where c.account_id = ? and c.name = ?")
                .param(accountId)
                .param(name)
                .query(CredentialStore::read)
                .optional();
    }

    public List<ApplicationCredential> list(Db db, String accountId, @Nullable String name, Page page) {
        return db.sql(SELECT + """
                         where c.account_id = :account and (cast(:name as text) is null or c.name = :name)
                           and c.id > :marker
                         order by c.id limit :limit
                        """)
                .param("account", accountId)
                .param("name", name)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(CredentialStore::read)
                .list();
    }

    public int count(Db db, String accountId) {
        return db.sql("select count(*) from application_credential where account_id = ?")
                .param(accountId)
                .query(Integer.class)
                .single();
    }

    public void insert(Db db, ApplicationCredential credential) {
        db.sql("""
                        insert into application_credential (id, account_id, project_id, name, description, secret_hash,
                                                            unrestricted, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(credential.id())
                .param(credential.accountId())
                .param(credential.projectId())
                .param(credential.name())
                .param(credential.description())
                .param(credential.secretHash())
                .param(credential.unrestricted())
                .param(credential.expiresAt() == null ? null : Timestamp.from(credential.expiresAt()))
                .update();
        for (HeldRole role : credential.roles()) {
            db.sql("insert into application_credential_role (credential_id, role_id) values (?, ?)")
                    .param(credential.id())
                    .param(role.id())
                    .update();
        }
    }

    public void delete(Db db, String id) {
        db.sql("delete from application_credential where id = ?").param(id).update();
    }

    private static List<StoredRule> rules(ResultSet row) throws SQLException {
        List<StoredRule> rules = new ArrayList<>();
        Object[] given = (Object[]) row.getArray("rules").getArray();
        for (Object one : given) {
            String[] rule = (String[]) one;
            rules.add(new StoredRule(rule[0], rule[1], rule[2], rule[3]));
        }
        return rules;
    }

    private static ApplicationCredential read(ResultSet row, int number) throws SQLException {
        List<HeldRole> roles = new ArrayList<>();
        for (String role : (String[]) row.getArray("roles").getArray()) {
            int blank = role.indexOf(' ');
            roles.add(new HeldRole(role.substring(0, blank), role.substring(blank + 1)));
        }
        return new ApplicationCredential(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("secret_hash"),
                row.getBoolean("unrestricted"),
                Times.column(row, "expires_at"),
                roles,
                rules(row));
    }
}
