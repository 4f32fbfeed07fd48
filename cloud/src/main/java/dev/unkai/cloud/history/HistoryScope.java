package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.web.Access;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose history a request is about, and what of the request goes into that history itself. */
@Component
class HistoryScope {
    /** The history of what belongs to no customer. */
    static final String PROVIDER = "provider";

    private static final String ALL = "history:event:list-all";
    private static final String KIND = "service/history";
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Access access;
    private final Transactions transactions;
    private final Clock clock;

    HistoryScope(Access access, Transactions transactions, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The history asked for: one's own unless another is named, which only the provider's people may. */
    String of(Caller caller, @Nullable String project) {
        if (project == null || project.equals(caller.project())) {
            return caller.project();
        }
        needAll(caller);
        if (!ID.matcher(project).matches()) {
            throw Refusal.invalid("\"project\" is the id of a project, or \"provider\".");
        }
        return project;
    }

    void needAll(Caller caller) {
        if (!access.policy().permits(ALL, caller.token().roles())) {
            throw Refusal.forbidden("Policy doesn't allow " + ALL + " to be performed.");
        }
    }

    /** Records in a customer's history that one of the provider's people looks at it: once in ten minutes, however often he does. */
    void looked(Caller caller, String log) {
        if (!log.equals(caller.project()) && !log.equals(PROVIDER)) {
            record(caller, log, new CadfEvent.Target(log, KIND, null, log));
        }
    }

    /** Records a look at the list of all customers' events, in the history of whoever looks. */
    void lookedAtAll(Caller caller) {
        record(caller, "*", new CadfEvent.Target("*", KIND, null, null));
    }

    private void record(Caller caller, String log, CadfEvent.Target target) {
        transactions.doAsCaller(caller, db -> {
            int fresh = db.sql("""
                            insert into history_look (user_id, project_id, looked_at) values (?, ?, now())
                            on conflict (user_id, project_id) do update set looked_at = now()
                             where history_look.looked_at < now() - interval '10 minutes'
                            """).param(caller.user()).param(log).update();
            if (fresh > 0) {
                db.record(CadfEvent.by(caller, "read", target, clock.instant()));
            }
        });
    }

    /** Records that the history is taken out as a file, with what was asked for. */
    void exported(Caller caller, String log, Map<String, String> facts) {
        String project = log.equals(PROVIDER) ? null : log;
        transactions.doAsCaller(
                caller,
                db -> db.record(
                        CadfEvent.by(caller, "export", new CadfEvent.Target(log, KIND, null, project), clock.instant())
                                .with(facts)));
    }
}
