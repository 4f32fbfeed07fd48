package dev.unkai.cloud.contract.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.Application;
import dev.unkai.cloud.contract.Contract;
import dev.unkai.cloud.contract.Contract.Account;
import dev.unkai.cloud.contract.Contract.Consent;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.web.mail.Mail.Language;
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
                   created_at, active_at, trouble
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

    /** A contract that is to be carried on, and what is done of it. */
    public record Due(Contract contract, boolean limited, int tries, boolean alarmed) {}

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
    public boolean version(Db db, UUID id, int version) {
        return db.sql("update contract set plan_version = ? where id = ? and plan_version < ?")
                        .param(version)
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
                        row.getBoolean("limited"),
                        row.getInt("tries"),
                        row.getTimestamp("alarmed_at") != null))
                .optional();
    }

    /** Writes what identity has made; false when it stands there already. */
    public boolean account(Db db, UUID id, Account account, Instant next) {
        boolean fresh = db.sql("""
                        update contract set name = ?, domain_id = ?, project_id = ?, master_name = ?, try_at = ?, tries = 0, trouble = null
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
                                "update contract set limited = true, try_at = ?, tries = 0, trouble = null where id = ? and not limited")
                        .param(Timestamp.from(next))
                        .param(id)
                        .update()
                == 1;
    }

    /** @return false when it was done already */
    public boolean activate(Db db, UUID id, Instant at) {
        return db.sql("""
                        update contract set state = 'active', active_at = ?, try_at = null, tries = 0, trouble = null
                         where id = ? and state = 'provisioning'
                        """).param(Timestamp.from(at)).param(id).update() == 1;
    }

    public void stuck(Db db, UUID id, String trouble, Instant next) {
        db.sql("update contract set trouble = ?, try_at = ? where id = ? and state = 'provisioning'")
                .param(trouble)
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
                row.getString("trouble"));
    }
}
