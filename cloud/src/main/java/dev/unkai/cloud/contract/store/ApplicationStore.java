package dev.unkai.cloud.contract.store;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.Application;
import dev.unkai.cloud.contract.Application.Access;
import dev.unkai.cloud.contract.Application.Form;
import dev.unkai.cloud.contract.Application.State;
import dev.unkai.cloud.contract.Application.VpnUser;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Applications, the secrets in their links, and what has happened to them. */
@Component
public class ApplicationStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SECRET_BYTES = 24;
    private static final String SELECT = """
            select id, number, state, company, person, email, telephone, wish, plan_id, plan_version, purpose, language,
                   created_at, state_at, quota, reason, decided_by, addresses, vpn_users
              from application
            """;

    /** What a link is for. */
    public enum Purpose {
        VERIFY,
        FOLLOW;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One thing that has happened; {@code byOperator} null: by the applicant or the service. */
    public record Step(String step, @Nullable String byOperator, Instant at) {}

    /** Holds other applications back from the same source or for the same address, until this transaction ends. */
    public void takeTurn(Db db, String what) {
        db.sql("select pg_advisory_xact_lock(4704, hashtext(?))")
                .param(what)
                .query()
                .listOfRows();
    }

    public int countFrom(Db db, String source, Instant since) {
        return count(db, "select count(*) from application where source = ? and created_at > ?", source, since);
    }

    public int countFor(Db db, MailAddress email, Instant since) {
        return count(
                db,
                "select count(*) from application where lower(email) = lower(?) and created_at > ?",
                email.value(),
                since);
    }

    private static int count(Db db, String sql, String of, Instant since) {
        return db.sql(sql)
                .param(of)
                .param(Timestamp.from(since))
                .query(Integer.class)
                .single();
    }

    public int countIn(Db db, State state) {
        return db.sql("select count(*) from application where state = ?")
                .param(state.wireName())
                .query(Integer.class)
                .single();
    }

    public void insert(Db db, UUID id, Form form, String source, Instant at) {
        db.sql("""
                        insert into application (id, state, company, person, email, telephone, wish, plan_id, purpose, language,
                                                 source, created_at, state_at, addresses, vpn_users)
                        values (?, 'unverified', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(form.company())
                .param(form.person())
                .param(form.email().value())
                .param(form.telephone())
                .param(form.wish())
                .param(form.plan())
                .param(form.purpose())
                .param(form.language().tag())
                .param(source)
                .param(Timestamp.from(at))
                .param(Timestamp.from(at))
                .param(form.access().addresses().toArray(String[]::new))
                .param(JSON.writeValueAsString(form.access().vpnUsers()))
                .update();
    }

    /** A new secret for a link; there is no way to see it again. */
    public String token(Db db, UUID application, Purpose purpose, Instant expiresAt) {
        String token = Ids.secret(SECRET_BYTES);
        db.sql("insert into application_token (hash, application_id, purpose, expires_at) values (?, ?, ?, ?)")
                .param(hash(token))
                .param(application)
                .param(purpose.wireName())
                .param(Timestamp.from(expiresAt))
                .update();
        return token;
    }

    /** Whose the secret is, taken for a change; empty when it is nobody's or has ended. */
    public Optional<Application> byToken(Db db, String token, Purpose purpose, Instant now) {
        return db.sql(SELECT + """
                         where id = (select application_id from application_token
                                      where hash = ? and purpose = ? and expires_at > ?) for update
                        """)
                .param(hash(token))
                .param(purpose.wireName())
                .param(Timestamp.from(now))
                .query((row, _) -> read(row))
                .optional();
    }

    /** Uses the secret up. */
    public void spend(Db db, String token) {
        db.sql("delete from application_token where hash = ?")
                .param(hash(token))
                .update();
    }

    public Optional<Application> byId(Db db, UUID id) {
        return db.sql(SELECT + " where id = ?")
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    public Optional<Application> forChange(Db db, UUID id) {
        return db.sql(SELECT + " where id = ? for update")
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Those whose address is verified, newest first; 500 at most. */
    public List<Application> list(Db db) {
        return db.sql(SELECT + " where state <> 'unverified' order by number desc limit 500")
                .query((row, _) -> read(row))
                .list();
    }

    /** Those that have been in the state since before the instant; 100 at most, held. */
    public List<Application> resting(Db db, State state, Instant before) {
        return db.sql(SELECT + " where state = ? and state_at < ? limit 100 for update skip locked")
                .param(state.wireName())
                .param(Timestamp.from(before))
                .query((row, _) -> read(row))
                .list();
    }

    public void state(Db db, UUID id, State state, Instant at) {
        db.sql("update application set state = ?, state_at = ? where id = ?")
                .param(state.wireName())
                .param(Timestamp.from(at))
                .param(id)
                .update();
    }

    /** What an operator decides beside the yes. @param addresses the contract's list */
    public record Terms(int planVersion, Map<String, Integer> quota, List<String> addresses) {}

    public void approve(Db db, UUID id, Terms terms, String by, Instant at) {
        db.sql("""
                        update application set state = 'approved', state_at = ?, plan_version = ?, quota = ?, addresses = ?, decided_by = ?
                         where id = ?
                        """)
                .param(Timestamp.from(at))
                .param(terms.planVersion())
                .param(terms.quota().isEmpty() ? null : JSON.writeValueAsString(terms.quota()))
                .param(terms.addresses().toArray(String[]::new))
                .param(by)
                .param(id)
                .update();
    }

    public void refuse(Db db, UUID id, String reason, String by, Instant at) {
        db.sql("update application set state = 'refused', state_at = ?, reason = ?, decided_by = ? where id = ?")
                .param(Timestamp.from(at))
                .param(reason)
                .param(by)
                .param(id)
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from application where id = ?").param(id).update();
    }

    public void step(Db db, UUID application, String step, @Nullable String byOperator, Instant at) {
        db.sql("insert into application_step (application_id, step, by_operator, at) values (?, ?, ?, ?)")
                .param(application)
                .param(step)
                .param(byOperator)
                .param(Timestamp.from(at))
                .update();
    }

    public List<Step> steps(Db db, UUID application) {
        return db.sql("select step, by_operator, at from application_step where application_id = ? order by id")
                .param(application)
                .query((row, _) -> new Step(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list();
    }

    private static Application read(ResultSet row) throws SQLException {
        int version = row.getInt("plan_version");
        return new Application(
                UUID.fromString(row.getString("id")),
                row.getLong("number"),
                State.of(row.getString("state")),
                new Form(
                        row.getString("company"),
                        row.getString("person"),
                        new MailAddress(row.getString("email")),
                        row.getString("telephone"),
                        row.getString("wish"),
                        row.getString("plan_id"),
                        row.getString("purpose"),
                        Language.of(row.getString("language")).orElseThrow(),
                        new Access(
                                List.of((String[]) row.getArray("addresses").getArray()),
                                JSON.readValue(row.getString("vpn_users"), new TypeReference<List<VpnUser>>() {}))),
                version == 0 ? null : version,
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("state_at").toInstant(),
                quota(row.getString("quota")),
                row.getString("reason"),
                row.getString("decided_by"));
    }

    private static Map<String, Integer> quota(@Nullable String json) {
        Map<String, Integer> quota = new LinkedHashMap<>();
        if (json != null) {
            JSON.readTree(json)
                    .propertyStream()
                    .forEach(each -> quota.put(each.getKey(), each.getValue().asInt()));
        }
        return quota;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
