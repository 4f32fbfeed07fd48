package dev.unkai.identity.federation;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.federation.IdentityProvider.Mapping;
import dev.unkai.identity.federation.IdentityProvider.Rule;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code identity_provider} and {@code identity_provider_rule}. */
@Component
final class ProviderStore {
    private static final String SELECT = """
            select p.id, p.domain_id, d.name as domain_name,
                   (select j.id from project j where j.domain_id = d.id and j.enabled
                     order by j.name <> d.name, j.created_at, j.id limit 1) as project_id, p.name, p.issuer, p.client_id, p.scopes, p.name_claim,
                   p.mapping_claim, p.second_factor, p.entry_key, p.enabled, p.log_out_there,
                   coalesce(r.issued or r.users_by = 'provider', false) as barred
              from identity_provider p join domain d on d.id = p.domain_id left join plan_rules r on r.domain_id = p.domain_id
            """;

    private final KeySeal seal;

    ProviderStore(KeySeal seal) {
        this.seal = seal;
    }

    private record OwnedRule(String provider, Rule rule) {}

    /** @param domainId null: of all contracts */
    List<IdentityProvider> list(Db db, @Nullable String domainId) {
        List<IdentityProvider> bare = db.sql(SELECT + """
                         where cast(:domain as text) is null or p.domain_id = :domain
                         order by d.name, p.name limit 1000
                        """)
                .param("domain", domainId)
                .query(ProviderStore::read)
                .list();
        Map<String, List<OwnedRule>> rules = db
                .sql("""
                        select r.provider_id, r.value, r.role, r.group_id
                          from identity_provider_rule r join identity_provider p on p.id = r.provider_id
                         where cast(:domain as text) is null or p.domain_id = :domain
                         order by r.value, r.role, r.group_id
                        """)
                .param("domain", domainId)
                .query((row, n) -> new OwnedRule(row.getString("provider_id"), rule(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(OwnedRule::provider));
        return bare.stream()
                .map(one -> with(
                        one,
                        rules.getOrDefault(one.id(), List.of()).stream()
                                .map(OwnedRule::rule)
                                .toList()))
                .toList();
    }

    Optional<IdentityProvider> byId(Db db, String id) {
        return whole(db, db.sql(SELECT + " where p.id = ?").param(id));
    }

    /** Holds it as it is until the transaction ends; changes of it wait. */
    Optional<IdentityProvider> held(Db db, String id) {
        return whole(db, db.sql(SELECT + " where p.id = ? for share of p").param(id));
    }

    /** Takes it for a change, which waits for those who hold it. */
    Optional<IdentityProvider> forChange(Db db, String id) {
        return whole(db, db.sql(SELECT + " where p.id = ? for update of p").param(id));
    }

    /** By its sign-in link; only one that is open, of a contract that is enabled. */
    Optional<IdentityProvider> open(Db db, String entryKey) {
        return whole(db, db.sql(SELECT + " where p.entry_key = ? and d.enabled").param(entryKey))
                .filter(IdentityProvider::open);
    }

    private static Optional<IdentityProvider> whole(
            Db db, org.springframework.jdbc.core.simple.JdbcClient.StatementSpec statement) {
        return statement.query(ProviderStore::read).optional().map(one -> with(one, rules(db, one.id())));
    }

    private static List<Rule> rules(Db db, String id) {
        return db.sql("""
                        select value, role, group_id from identity_provider_rule
                         where provider_id = ? order by value, role, group_id
                        """).param(id).query((row, n) -> rule(row)).list();
    }

    void insert(Db db, IdentityProvider provider, String secret, Instant at) {
        db.sql("""
                        insert into identity_provider (id, domain_id, name, issuer, client_id, sealed_secret, scopes, name_claim,
                                                       mapping_claim, second_factor, entry_key, enabled, log_out_there, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(provider.id())
                .param(provider.domainId())
                .param(provider.name())
                .param(provider.issuer())
                .param(provider.clientId())
                .param(sealed(secret))
                .param(provider.scopes())
                .param(provider.nameClaim())
                .param(provider.mapping().claim())
                .param(provider.secondFactor().toArray(String[]::new))
                .param(provider.entryKey())
                .param(provider.enabled())
                .param(provider.logOutThere())
                .param(Timestamp.from(at))
                .update();
        insertRules(db, provider);
    }

    /** Everything but id, contract, issuer and link. @param secret null: as it is */
    void update(Db db, IdentityProvider provider, @Nullable String secret) {
        db.sql("""
                        update identity_provider
                           set name = ?, client_id = ?, scopes = ?, name_claim = ?, mapping_claim = ?, second_factor = ?, enabled = ?, log_out_there = ?,
                               sealed_secret = coalesce(?, sealed_secret)
                         where id = ?
                        """)
                .param(provider.name())
                .param(provider.clientId())
                .param(provider.scopes())
                .param(provider.nameClaim())
                .param(provider.mapping().claim())
                .param(provider.secondFactor().toArray(String[]::new))
                .param(provider.enabled())
                .param(provider.logOutThere())
                .param(secret == null ? null : sealed(secret))
                .param(provider.id())
                .update();
        db.sql("delete from identity_provider_rule where provider_id = ?")
                .param(provider.id())
                .update();
        insertRules(db, provider);
    }

    void disable(Db db, String id) {
        db.sql("update identity_provider set enabled = false where id = ?")
                .param(id)
                .update();
    }

    private static void insertRules(Db db, IdentityProvider provider) {
        for (Rule rule : provider.mapping().rules()) {
            db.sql("insert into identity_provider_rule (provider_id, value, role, group_id) values (?, ?, ?, ?)")
                    .param(provider.id())
                    .param(rule.value())
                    .param(rule.role())
                    .param(rule.group())
                    .update();
        }
    }

    void delete(Db db, String id) {
        db.sql("delete from identity_provider where id = ?").param(id).update();
    }

    String secret(Db db, String id) {
        byte[] sealed = db.sql("select sealed_secret from identity_provider where id = ?")
                .param(id)
                .query((row, n) -> row.getBytes(1))
                .single();
        try {
            return new String(seal.open(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A client secret was sealed under another key file.", e);
        }
    }

    /** Keeps what the provider said at the beginning of a session. */
    void keepSession(Db db, String session, String provider, String token, Instant at) {
        db.sql("""
                        insert into provider_session (session_id, provider_id, sealed_token, made_at) values (?, ?, ?, ?)
                        """)
                .param(session)
                .param(provider)
                .param(seal.seal(token, place(session)))
                .param(Timestamp.from(at))
                .update();
    }

    /** Gives it and forgets it; empty where nothing was kept, or it cannot be opened any more. */
    Optional<String> takeSession(Db db, String session) {
        return db.sql("delete from provider_session where session_id = ? returning sealed_token")
                .param(session)
                .query((row, n) -> row.getBytes(1))
                .optional()
                .flatMap(kept -> {
                    try {
                        return Optional.of(seal.open(kept, place(session)));
                    } catch (GeneralSecurityException e) {
                        return Optional.empty();
                    }
                });
    }

    /** The provider by which somebody has his account. */
    Optional<IdentityProvider> ofAccount(Db db, String accountId) {
        return whole(db, db.sql(SELECT + """
                         where p.domain_id = (select a.domain_id from account a where a.id = :account)
                           and p.issuer = (select f.issuer from federated_account f where f.account_id = :account)
                        """).param("account", accountId));
    }

    private static String place(String session) {
        return "provider_session/" + session;
    }

    private byte[] sealed(String secret) {
        return seal.seal(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static Rule rule(ResultSet row) throws SQLException {
        return new Rule(row.getString("value"), row.getString("role"), row.getString("group_id"));
    }

    private static IdentityProvider with(IdentityProvider bare, List<Rule> rules) {
        return new IdentityProvider(
                bare.id(),
                bare.domainId(),
                bare.domainName(),
                bare.project(),
                bare.name(),
                bare.issuer(),
                bare.clientId(),
                bare.scopes(),
                bare.nameClaim(),
                new Mapping(bare.mapping().claim(), rules),
                bare.secondFactor(),
                bare.entryKey(),
                bare.enabled(),
                bare.logOutThere(),
                bare.barredByPlan());
    }

    private static IdentityProvider read(ResultSet row, int number) throws SQLException {
        return new IdentityProvider(
                row.getString("id"),
                row.getString("domain_id"),
                row.getString("domain_name"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getString("scopes"),
                row.getString("name_claim"),
                new Mapping(row.getString("mapping_claim"), List.of()),
                List.of((String[]) row.getArray("second_factor").getArray()),
                row.getString("entry_key"),
                row.getBoolean("enabled"),
                row.getBoolean("log_out_there"),
                row.getBoolean("barred"));
    }
}
