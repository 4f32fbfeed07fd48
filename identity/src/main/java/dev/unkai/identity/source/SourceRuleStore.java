package dev.unkai.identity.source;

import dev.unkai.base.data.Db;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import dev.unkai.wire.origin.SourceRules.Subject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code source_rule}. */
@Component
public final class SourceRuleStore {
    /**
     * A rule with who made it.
     *
     * @param role empty: of the whole contract
     * @param changedBy the name of the account
     */
    record Kept(String role, List<String> prefixes, Instant changedAt, String changedBy) {}

    /** An application credential with its rule; no prefixes: it may be used from everywhere that its owner may. */
    record Limited(
            String id,
            String name,
            String accountId,
            String accountName,
            String domainId,
            @Nullable Instant expiresAt,
            List<String> prefixes) {}

    /** The next changes after the number, in order. */
    List<SourceRule> since(Db db, long number, int most) {
        return db.sql("""
                        select number, subject, coalesce(credential_id, domain_id) as id, role, prefixes from source_rule
                         where number > ? order by number limit ?
                        """)
                .param(number)
                .param(most)
                .query((row, n) -> new SourceRule(
                        row.getLong("number"),
                        Subject.valueOf(row.getString("subject")),
                        row.getString("id"),
                        row.getString("role"),
                        texts(row)))
                .list();
    }

    long newest(Db db) {
        return db.sql("select coalesce(max(number), 0) from source_rule")
                .query(Long.class)
                .single();
    }

    /** The rules of the contract and of its roles, as far as there are any. */
    List<Kept> ofDomain(Db db, String domainId) {
        return db.sql("""
                        select role, prefixes, changed_at, changed_by from source_rule
                         where domain_id = ? and subject <> 'APPLICATION_CREDENTIAL' and prefixes <> '{}' order by role
                        """)
                .param(domainId)
                .query((row, n) -> new Kept(
                        row.getString("role"),
                        texts(row),
                        row.getTimestamp("changed_at").toInstant(),
                        row.getString("changed_by")))
                .list();
    }

    /** The prefix of the contract's tunnels, where these are its only way in. */
    Optional<String> tunnels(Db db, String domainId) {
        return db.sql("select prefix from portal_access where domain_id = ? and kind = 'ssl-vpn'")
                .param(domainId)
                .query(String.class)
                .optional();
    }

    /** @param accountId whose, or null: of all accounts of the domain */
    List<Limited> credentials(Db db, String domainId, @Nullable String accountId) {
        return db.sql(LIMITED + """
                         where a.domain_id = :domain and (cast(:account as text) is null or a.id = :account)
                         order by a.name, c.name limit 1000
                        """)
                .param("domain", domainId)
                .param("account", accountId)
                .query(SourceRuleStore::limited)
                .list();
    }

    Optional<Limited> credential(Db db, String id) {
        return db.sql(LIMITED + " where c.id = ?")
                .param(id)
                .query(SourceRuleStore::limited)
                .optional();
    }

    private static final String LIMITED = """
            select c.id, c.name, c.account_id, a.name as account_name, a.domain_id, c.expires_at,
                   coalesce(s.prefixes, '{}') as prefixes
              from application_credential c join account a on a.id = c.account_id
              left join source_rule s on s.credential_id = c.id
            """;

    /**
     * Writes the rule under a new number.
     *
     * @param role empty unless the subject is a role
     * @param credentialId null unless the subject is an application credential
     * @param prefixes none: there is no such rule any more
     */
    void put(
            Db db,
            Subject subject,
            String domainId,
            String role,
            @Nullable String credentialId,
            List<String> prefixes,
            String by) {
        db.sql("""
                        insert into source_rule (subject, domain_id, role, credential_id, prefixes, changed_by)
                        values (:subject, :domain, :role, :credential, cast(:prefixes as text[]), :by)
                        on conflict (domain_id, subject, role, coalesce(credential_id, ''))
                        do update set prefixes = excluded.prefixes, changed_by = excluded.changed_by, changed_at = now(),
                                      number = nextval('source_rule_number')
                        """)
                .param("subject", subject.name())
                .param("domain", domainId)
                .param("role", role)
                .param("credential", credentialId)
                .param("prefixes", "{" + String.join(",", prefixes) + "}")
                .param("by", by)
                .update();
    }

    /** Numbers are given one transaction after the other, so that whoever reads N has all before N. */
    void takeTurn(Db db) {
        db.sql("select pg_advisory_xact_lock(4302)").query().singleRow();
    }

    private static Limited limited(ResultSet row, int number) throws SQLException {
        return new Limited(
                row.getString("id"),
                row.getString("name"),
                row.getString("account_id"),
                row.getString("account_name"),
                row.getString("domain_id"),
                dev.unkai.identity.api.Times.column(row, "expires_at"),
                texts(row));
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        Array array = row.getArray("prefixes");
        return List.of((String[]) array.getArray());
    }
}
