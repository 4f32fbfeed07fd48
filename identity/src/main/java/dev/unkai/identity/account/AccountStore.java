package dev.unkai.identity.account;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Times;
import dev.unkai.web.mail.Mail.Language;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code account}. */
@Component
public final class AccountStore {
    private static final String SELECT = """
            select a.id, a.domain_id, d.name as domain_name, a.name, a.description, a.email, a.enabled,
                   a.enabled and d.enabled as usable, a.default_project_id, a.password_hash, a.password_expires_at,
                   a.options, a.extra
              from account a join domain d on d.id = a.domain_id
            """;

    public Optional<Account> byId(Db db, String id) {
        return db.sql(SELECT + " where a.id = ?")
                .param(id)
                .query(AccountStore::read)
                .optional();
    }

    /** Who vouches for the account, as long as its contract trusts him. */
    List<Federated> federated(Db db, String id) {
        return db.sql("""
                        select i.id, f.subject from federated_account f
                          join identity_provider i on i.domain_id = f.domain_id and i.issuer = f.issuer
                         where f.account_id = ? order by i.id
                        """)
                .param(id)
                .query((row, n) -> Federated.by(row.getString(1), row.getString(2)))
                .list();
    }

    /** By name in a domain given by id or by name. */
    public Optional<Account> byName(Db db, String name, @Nullable String domainId, @Nullable String domainName) {
        return db.sql(SELECT + " where a.name = :name and (d.id = :id or d.name = :domain)")
                .param("name", name)
                .param("id", domainId)
                .param("domain", domainName)
                .query(AccountStore::read)
                .optional();
    }

    /** Holds account and domain as they are until the transaction ends; changes of them wait. */
    public Optional<Account> held(Db db, String id) {
        return db.sql(SELECT + " where a.id = ? for share")
                .param(id)
                .query(AccountStore::read)
                .optional();
    }

    /** Takes the account for a change. */
    public Optional<Account> forChange(Db db, String id) {
        return db.sql(SELECT + " where a.id = ? for update of a")
                .param(id)
                .query(AccountStore::read)
                .optional();
    }

    /** Whether it came by an identity provider of its contract, which says who it is and what it may do. */
    public boolean isFederated(Db db, String id) {
        return db.sql("select exists (select 1 from federated_account where account_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** @param groupId of whose members; null: of all */
    public List<Account> list(Db db, UserFilter filter, @Nullable String groupId, Page page) {
        return filter.on(db.sql(SELECT + " where " + filter.sql() + """
                           and (cast(:group as text) is null
                                or a.id in (select account_id from group_member where group_id = :group))
                           and a.id > :marker
                         order by a.id limit :limit
                        """))
                .param("group", groupId)
                .param("marker", page.after())
                .param("limit", page.fetch())
                .query(AccountStore::read)
                .list();
    }

    public void insert(Db db, Account account) {
        db.sql("""
                        insert into account (id, domain_id, name, description, email, enabled, default_project_id,
                                             password_hash, password_changed_at, password_expires_at, options, extra)
                        values (?, ?, ?, ?, ?, ?, ?, ?, now(), ?, ?, ?)
                        """)
                .param(account.id())
                .param(account.domainId())
                .param(account.name())
                .param(account.description())
                .param(account.email())
                .param(account.enabled())
                .param(account.defaultProjectId())
                .param(account.passwordHash())
                .param(account.passwordExpiresAt() == null ? null : Timestamp.from(account.passwordExpiresAt()))
                .param(account.options().text())
                .param(account.extra().text())
                .update();
    }

    /** The language in which its owner is written to. */
    public void speaks(Db db, String id, Language language) {
        db.sql("update account set language = ? where id = ?")
                .param(language.tag())
                .param(id)
                .update();
    }

    /** Everything but id, domain and password. */
    public void update(Db db, Account account) {
        db.sql("""
                        update account set name = ?, description = ?, email = ?, enabled = ?, default_project_id = ?,
                                           options = ?, extra = ?
                         where id = ?
                        """)
                .param(account.name())
                .param(account.description())
                .param(account.email())
                .param(account.enabled())
                .param(account.defaultProjectId())
                .param(account.options().text())
                .param(account.extra().text())
                .param(account.id())
                .update();
    }

    /** @param end when it expires, or null */
    public void setPassword(Db db, String id, String hash, Instant at, @Nullable Instant end) {
        db.sql("update account set password_hash = ?, password_changed_at = ?, password_expires_at = ? where id = ?")
                .param(hash)
                .param(Timestamp.from(at))
                .param(end == null ? null : Timestamp.from(end))
                .param(id)
                .update();
    }

    /** When the password was set; the account's first day where nobody changed it since. */
    public Optional<Instant> passwordSetAt(Db db, String id) {
        return db.sql("select coalesce(password_changed_at, created_at) as at from account where id = ?")
                .param(id)
                .query((row, n) -> row.getTimestamp("at").toInstant())
                .optional();
    }

    public void delete(Db db, String id) {
        db.sql("delete from account where id = ?").param(id).update();
    }

    private static Account read(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("domain_id"),
                row.getString("domain_name"),
                row.getString("name"),
                row.getString("description"),
                row.getString("email"),
                row.getBoolean("enabled"),
                row.getBoolean("usable"),
                row.getString("default_project_id"),
                row.getString("password_hash"),
                Times.column(row, "password_expires_at"),
                AccountOptions.of(row.getString("options")),
                Extra.of(row.getString("extra")));
    }
}
