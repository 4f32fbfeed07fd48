package dev.unkai.cloud.contract.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.Application;
import dev.unkai.cloud.contract.Contract;
import dev.unkai.cloud.contract.Contract.Account;
import dev.unkai.cloud.contract.Contract.Consent;
import dev.unkai.cloud.contract.Contract.Waiting;
import dev.unkai.cloud.contract.ContractMail.Addressee;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contracts and what was agreed to. */
@Component
public class ContractStore {
    private static final String SELECT = """
            select id, application_id, company, plan_id, plan_version, state, name, domain_id, project_id, master_name,
                   created_at, active_at, trouble, waits_for
              from contract
            """;

    /** Who agrees, and from where: an applicant by his address, or an account by its name; the other is null. */
    public record Consenting(
            Language language,
            String person,
            @Nullable String email,
            @Nullable String user,
            String address,
            String agent) {}

    /**
     * A contract that is to be carried on, and what is done of it.
     *
     * @param enforcedVersion the version of the plan whose policies are in force; 0: none is yet
     */
    public record Due(
            Contract contract, int enforcedVersion, boolean limited, boolean hosted, int tries, boolean alarmed) {}

    public void insert(Db db, UUID id, Application application, Plan plan, Instant at) {
        db.sql("""
                        insert into contract (id, application_id, company, plan_id, plan_version, state, created_at, try_at)
                        values (?, ?, ?, ?, ?, 'provisioning', ?, ?)
                        """)
                .param(id)
                .param(application.id())
                .param(application.form().company())
                .param(plan.id())
                .param(plan.version())
                .param(Timestamp.from(at))
                .param(Timestamp.from(at))
                .update();
    }

    /** @param project null until the contract has one */
    public void consent(
            Db db, UUID id, UUID contract, @Nullable String project, Plans.Published plan, Consenting by, Instant at) {
        db.sql("""
                        insert into consent (id, contract_id, project_id, plan_id, plan_version, sha256, texts, language, person,
                                             email, user_name, address, agent, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(contract)
                .param(project)
                .param(plan.plan().id())
                .param(plan.plan().version())
                .param(plan.hash())
                .param(plan.plan().texts().stream().map(PlanText::id).toArray(String[]::new))
                .param(by.language().tag())
                .param(by.person())
                .param(by.email())
                .param(by.user())
                .param(by.address())
                .param(by.agent())
                .param(Timestamp.from(at))
                .update();
    }

    public Optional<Contract> ofApplication(Db db, UUID application) {
        return db.sql(SELECT + " where application_id = ?")
                .param(application)
                .query((row, _) -> read(row))
                .optional();
    }

    public Optional<Contract> ofProject(Db db, String project) {
        return db.sql(SELECT + " where project_id = ?")
                .param(project)
                .query((row, _) -> read(row))
                .optional();
    }

    /** All contracts that have their project, with the address that was verified for each, by company. */
    public List<Addressee> addressees(Db db) {
        return db.sql("""
                        select c.project_id, c.company, c.name, c.plan_id, a.email, a.language
                          from contract c join application a on a.id = c.application_id
                         where c.project_id is not null
                         order by c.company, c.name
                        """)
                .query((row, _) -> new Addressee(
                        row.getString("project_id"),
                        row.getString("company"),
                        row.getString("name"),
                        row.getString("plan_id"),
                        new MailAddress(row.getString("email")),
                        Language.of(row.getString("language")).orElse(Language.JA)))
                .list();
    }

    /** What was agreed to for the contract, newest first. */
    public List<Consent> consents(Db db, UUID contract) {
        return db.sql("select * from consent where contract_id = ? order by at desc, id")
                .param(contract)
                .query((row, _) -> new Consent(
                        UUID.fromString(row.getString("id")),
                        row.getString("plan_id"),
                        row.getInt("plan_version"),
                        row.getString("sha256"),
                        List.of((String[]) row.getArray("texts").getArray()),
                        row.getString("language"),
                        row.getString("person"),
                        row.getString("email"),
                        row.getString("user_name"),
                        row.getString("address"),
                        row.getString("agent"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    /** From now on it is on this version of its plan; false when it was on it, or a later one, already. */
    public boolean version(Db db, UUID id, int version, Instant now) {
        return db.sql("update contract set plan_version = ?, try_at = ? where id = ? and plan_version < ?")
                        .param(version)
                        .param(Timestamp.from(now))
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    /** Takes the next contract that is due; nobody else takes it until the lease ends. */
    public Optional<Due> take(Db db, Instant now, Duration lease) {
        return db.sql("""
                        update contract set try_at = ?, tries = tries + 1
                         where id = (select id from contract where try_at <= ? order by try_at limit 1 for update skip locked)
                        returning *
                        """)
                .param(Timestamp.from(now.plus(lease)))
                .param(Timestamp.from(now))
                .query((row, _) -> new Due(
                        read(row),
                        row.getInt("enforced_version"),
                        row.getBoolean("limited"),
                        row.getBoolean("hosted"),
                        row.getInt("tries"),
                        row.getTimestamp("alarmed_at") != null))
                .optional();
    }

    /** Writes what identity has made; false when it stands there already. */
    public boolean account(Db db, UUID id, Account account, Instant next) {
        boolean fresh = db.sql("""
                        update contract set name = ?, domain_id = ?, project_id = ?, master_name = ?, try_at = ?, tries = 0, trouble = null, waits_for = null
                         where id = ? and domain_id is null
                        """)
                        .param(account.name())
                        .param(account.domain())
                        .param(account.project())
                        .param(account.master())
                        .param(Timestamp.from(next))
                        .param(id)
                        .update()
                == 1;
        db.sql("update consent set project_id = ? where contract_id = ? and project_id is null")
                .param(account.project())
                .param(id)
                .update();
        return fresh;
    }

    /** @return false when it was done already */
    public boolean limited(Db db, UUID id, Instant next) {
        return db.sql(
                                "update contract set limited = true, try_at = ?, tries = 0, trouble = null, waits_for = null where id = ? and not limited")
                        .param(Timestamp.from(next))
                        .param(id)
                        .update()
                == 1;
    }

    /** @return false when it was done already */
    public boolean activate(Db db, UUID id, Instant at) {
        return db.sql("""
                        update contract set state = 'active', active_at = ?, try_at = ?, tries = 0, trouble = null, waits_for = null
                         where id = ? and state = 'provisioning'
                        """)
                        .param(Timestamp.from(at))
                        .param(Timestamp.from(at))
                        .param(id)
                        .update()
                == 1;
    }

    /** The policies of this version are in force. @return false when they were already, or those of a later one */
    public boolean enforced(Db db, UUID id, int version, Instant next) {
        return db.sql("""
                        update contract set enforced_version = ?, hosted = false, try_at = ?, tries = 0, trouble = null, waits_for = null
                         where id = ? and coalesce(enforced_version, 0) < ?
                        """)
                        .param(version)
                        .param(Timestamp.from(next))
                        .param(id)
                        .param(version)
                        .update()
                == 1;
    }

    /** @return false when it was done already */
    public boolean hosted(Db db, UUID id, Instant next) {
        return db.sql(
                                "update contract set hosted = true, try_at = ?, tries = 0, trouble = null, waits_for = null where id = ? and not hosted")
                        .param(Timestamp.from(next))
                        .param(id)
                        .update()
                == 1;
    }

    /** Nothing is left to do for the version of the plan that it is on. */
    public void settled(Db db, UUID id) {
        db.sql("""
                        update contract set try_at = null, tries = 0, trouble = null, waits_for = null
                         where id = ? and state = 'active' and hosted and limited and enforced_version >= plan_version
                        """).param(id).update();
    }

    public void stuck(Db db, UUID id, String trouble, Waiting waits, Instant next) {
        db.sql("update contract set trouble = ?, waits_for = ?, try_at = ? where id = ? and try_at is not null")
                .param(trouble)
                .param(waits.wireName())
                .param(Timestamp.from(next))
                .param(id)
                .update();
    }

    public void alarmed(Db db, UUID id, Instant at) {
        db.sql("update contract set alarmed_at = ? where id = ?")
                .param(Timestamp.from(at))
                .param(id)
                .update();
    }

    private static Contract read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        String waits = row.getString("waits_for");
        Timestamp active = row.getTimestamp("active_at");
        return new Contract(
                UUID.fromString(row.getString("id")),
                UUID.fromString(row.getString("application_id")),
                row.getString("company"),
                row.getString("plan_id"),
                row.getInt("plan_version"),
                Contract.State.of(row.getString("state")),
                name == null
                        ? null
                        : new Account(
                                name,
                                row.getString("domain_id"),
                                row.getString("project_id"),
                                row.getString("master_name")),
                row.getTimestamp("created_at").toInstant(),
                active == null ? null : active.toInstant(),
                row.getString("trouble"),
                waits == null ? null : Waiting.of(waits));
    }
}
