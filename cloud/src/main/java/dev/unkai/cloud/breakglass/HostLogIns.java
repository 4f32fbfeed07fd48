package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.LogInObserver;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Log-ins on the machines of hosts: whether an access to the host ran then, told to the histories of the provider and of all who have servers there. This service does not let
 * anybody in there, so it cannot keep anybody out; it sees him. Where break-glass is required, a log-in without an access alarms until somebody has looked into it.
 */
@Component
public class HostLogIns implements LogInObserver {
    private static final Logger log = LoggerFactory.getLogger(HostLogIns.class);
    private static final String WITHOUT = "log-in/without-access";

    private final Transactions transactions;
    private final HostLogInStore store;
    private final HostGrants grants;
    private final BreakGlassSetting setting;
    private final MailOutbox mails;
    private final Optional<MailAddress> officers;
    private final Desk desk;
    private final Clock clock;

    HostLogIns(
            Transactions transactions,
            HostLogInStore store,
            HostGrants grants,
            BreakGlassSetting setting,
            MailOutbox mails,
            @Value("${unkai.security-mail:}") String officers,
            Desk desk,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.grants = grants;
        this.setting = setting;
        this.mails = mails;
        this.officers = officers.isEmpty() ? Optional.empty() : Optional.of(new MailAddress(officers));
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * Who may reach into a host just now, and who did.
     *
     * @param grants accesses that run
     * @param logIns the last hundred, newest first
     */
    public record Access(List<BreakGlassCase> grants, List<HostLogIn> logIns) {}

    public Access of(Caller caller, UUID host) {
        return transactions.asCaller(caller, db -> new Access(grants.runningOn(db, host), store.ofHost(db, host)));
    }

    /** Alarms that nobody has looked into. */
    public List<HostLogIn> alarms(Caller caller) {
        return transactions.asCaller(caller, store::unsigned);
    }

    @Override
    public void seen(Db db, UUID host, List<Seen> logIns) {
        String name = grants.named(db, host).name();
        for (Seen one : logIns) {
            Optional<BreakGlassCase> access = grants.at(db, host, one.at());
            boolean alarm = access.isEmpty() && setting == BreakGlassSetting.REQUIRED;
            UUID id = UUID.randomUUID();
            if (store.insert(
                    db, id, host, name, one, access.map(BreakGlassCase::id).orElse(null), alarm)) {
                store.held(db, id).ifPresent(row -> tell(db, row, access));
            }
        }
    }

    private void tell(Db db, HostLogIn one, Optional<BreakGlassCase> access) {
        Map<String, String> facts = new HashMap<>(Map.of("user", one.user()));
        facts.put("at", one.at().toString());
        access.ifPresent(grant -> {
            facts.putAll(BreakGlassGuard.facts(grant));
            facts.put("reason", grant.reason());
        });
        Map<String, String> own = new HashMap<>(facts);
        own.put("host", one.hostName());
        own.put("address", one.from());
        own.put("terminal", one.terminal());
        record(db, one, null, own);
        for (String project : grants.customers(db, one.host())) {
            record(db, one, project, facts);
        }
        if (one.alarm()) {
            shout(one);
            officers.filter(_ -> store.isFirstOfLate(db, one))
                    .ifPresent(address -> mails.post(
                            db,
                            Mail.open(
                                    "host-log-in",
                                    desk.language(),
                                    address,
                                    Map.of(
                                            "host",
                                            one.hostName(),
                                            "user",
                                            one.user(),
                                            "from",
                                            one.from().isEmpty() ? one.terminal() : one.from(),
                                            "time",
                                            one.at().toString()))));
        }
    }

    private void record(Db db, HostLogIn one, @Nullable String project, Map<String, String> facts) {
        String name = project == null ? one.hostName() : null; // customers are told names of hosts nowhere
        CadfEvent.Target target = new CadfEvent.Target(one.host().toString(), HostActs.HOST, name, project);
        String action = one.alarm() ? WITHOUT : "log-in";
        db.record(CadfEvent.bySystem("node", action, target, clock.instant(), null)
                .with(facts));
    }

    private static void shout(HostLogIn one) {
        log.error(
                "ALARM {} logged in on host {} at {} from \"{}\" without a break-glass access to it",
                one.user(),
                one.hostName(),
                one.at(),
                one.from());
    }

    /** Says again what nobody has looked into for an hour. */
    void remind(Db db) {
        store.due(db).forEach(HostLogIns::shout);
    }

    /** Signs that an alarm was looked into. */
    public HostLogIn sign(Caller caller, UUID id, String note) {
        BreakGlass.refuseDelegated(caller);
        return transactions.asCaller(caller, db -> {
            HostLogIn one = store.held(db, id).orElseThrow(() -> Refusal.notFound("There is no such log-in."));
            if (!one.alarm() || one.signed() != null) {
                throw Refusal.conflict("There is nothing to look into: it was no alarm, or somebody has signed it.");
            }
            store.sign(db, id, BreakGlass.person(caller), note);
            CadfEvent.Target target =
                    new CadfEvent.Target(one.host().toString(), BreakGlassEvents.KIND, one.hostName(), null);
            db.record(CadfEvent.by(caller, "log-in/review", target, clock.instant())
                    .with(Map.of("user", one.user(), "at", one.at().toString(), "note", note)));
            return store.held(db, id).orElseThrow();
        });
    }
}
