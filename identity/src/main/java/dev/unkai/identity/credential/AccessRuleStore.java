package dev.unkai.identity.credential;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code access_rule}. */
@Component
public final class AccessRuleStore {
    private static final String SELECT = "select r.id, r.path, r.method, r.service from access_rule r";

    List<StoredRule> list(
            Db db, String accountId, @Nullable String service, @Nullable String path, @Nullable String method) {
        return db.sql(SELECT + """
                         where r.account_id = :account
                           and (cast(:service as text) is null or r.service = :service)
                           and (cast(:path as text) is null or r.path = :path)
                           and (cast(:method as text) is null or r.method = :method)
                         order by r.service, r.path, r.method
                        """)
                .param("account", accountId)
                .param("service", service)
                .param("path", path)
                .param("method", method)
                .query(AccessRuleStore::read)
                .list();
    }

    Optional<StoredRule> byId(Db db, String accountId, String id) {
        return db.sql(SELECT + " where r.account_id = ? and r.id = ?")
                .param(accountId)
                .param(id)
                .query(AccessRuleStore::read)
                .optional();
    }

    public List<StoredRule> ofCredential(Db db, String credentialId) {
        return db.sql(SELECT + """
                         join application_credential_rule c on c.rule_id = r.id where c.credential_id = ?
                         order by r.service, r.path, r.method
                        """)
                .param(credentialId)
                .query(AccessRuleStore::read)
                .list();
    }

    /** The account's rule of this text: the one that is there, or the given one. */
    StoredRule put(Db db, String accountId, StoredRule rule) {
        db.sql("""
                        insert into access_rule (id, account_id, service, path, method) values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .param(rule.id())
                .param(accountId)
                .param(rule.service())
                .param(rule.path())
                .param(rule.method())
                .update();
        return list(db, accountId, rule.service(), rule.path(), rule.method()).getFirst();
    }

    void give(Db db, String credentialId, StoredRule rule) {
        db.sql("insert into application_credential_rule (credential_id, rule_id) values (?, ?) on conflict do nothing")
                .param(credentialId)
                .param(rule.id())
                .update();
    }

    boolean isInUse(Db db, String id) {
        return db.sql("select exists (select 1 from application_credential_rule where rule_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    void delete(Db db, String id) {
        db.sql("delete from access_rule where id = ?").param(id).update();
    }

    private static StoredRule read(ResultSet row, int number) throws SQLException {
        return new StoredRule(
                row.getString("id"), row.getString("path"), row.getString("method"), row.getString("service"));
    }
}
