package dev.unkai.identity.domain;

import dev.unkai.base.data.Db;
import dev.unkai.identity.domain.PlanRules.Credentials;
import dev.unkai.identity.domain.PlanRules.SecondFactor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code plan_rules}. */
@Component
public final class PlanRuleStore {
    /** Empty for a domain that was not made for a contract: there the service's own rules hold. */
    public Optional<PlanRules> of(Db db, String domainId) {
        return db.sql("select * from plan_rules where domain_id = ?")
                .param(domainId)
                .query(PlanRuleStore::read)
                .optional();
    }

    /** Puts them in force; false when these, or those of a later version of the plan, are already. */
    public boolean put(Db db, String domainId, PlanRules rules, Instant now) {
        Duration life = rules.passwordLife();
        return db.sql("""
                        insert into plan_rules as r (domain_id, plan_version, issued, password_days, differs_from, reset_minutes, users_by,
                                                     source_addresses, ssl_vpn, second_factor, changed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (domain_id) do update
                           set plan_version = excluded.plan_version, issued = excluded.issued, password_days = excluded.password_days,
                               differs_from = excluded.differs_from, reset_minutes = excluded.reset_minutes,
                               users_by = excluded.users_by, source_addresses = excluded.source_addresses,
                               ssl_vpn = excluded.ssl_vpn,
                               second_factor = excluded.second_factor, changed_at = excluded.changed_at
                         where r.plan_version < excluded.plan_version
                        """)
                        .param(domainId)
                        .param(rules.planVersion())
                        .param(rules.issued())
                        .param(life == null ? null : (int) life.toDays())
                        .param(rules.differsFromLast())
                        .param(
                                rules.credentials() instanceof Credentials.Own(Duration reset)
                                        ? (int) reset.toMinutes()
                                        : null)
                        .param(rules.usersByProvider() ? "provider" : "customer")
                        .param(rules.fromAddresses())
                        .param(rules.throughTunnels())
                        .param(word(rules.secondFactor()))
                        .param(Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Passwords that were set before end as the rules say, counted from the day they were set. */
    public void endPasswords(Db db, String domainId) {
        db.sql("""
                        update account a
                           set password_expires_at = coalesce(a.password_changed_at, a.created_at) + make_interval(days => r.password_days)
                          from plan_rules r where r.domain_id = a.domain_id and a.domain_id = ? and a.password_hash is not null
                        """).param(domainId).update();
    }

    private static PlanRules read(ResultSet row, int number) throws SQLException {
        int days = row.getInt("password_days");
        return new PlanRules(
                row.getInt("plan_version"),
                row.getBoolean("issued")
                        ? new Credentials.Issued()
                        : new Credentials.Own(Duration.ofMinutes(row.getInt("reset_minutes"))),
                days == 0 ? null : Duration.ofDays(days),
                row.getInt("differs_from"),
                row.getString("users_by").equals("provider"),
                row.getBoolean("source_addresses"),
                row.getBoolean("ssl_vpn"),
                SecondFactor.valueOf(
                        row.getString("second_factor").toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static String word(SecondFactor secondFactor) {
        return secondFactor.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
