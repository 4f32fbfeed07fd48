package dev.unkai.identity.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.OutboxEvent;
import dev.unkai.base.event.RecordGuard;
import dev.unkai.identity.domain.Domain;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a site requires break-glass, lets the provider's people change nothing about a contract's accounts, roles and ways in without a grant that runs. As in
 * the cloud process it looks at what is recorded, which is everything that changes, so one place holds for all APIs.
 */
@Component
class BreakGlassGuard implements RecordGuard {
    /** What is recorded of accounts, roles and the like; log-ins and log-outs are another kind. */
    private static final String OURS = "identity/";

    private static final String MAIL = "service/mail";

    /** The contract itself, its limits and its catalog: the provider's own work, as in the cloud process. */
    private static final Set<String> PROVIDERS_WORK = Set.of(
            "identity/domain",
            "identity/portal_access",
            "identity/limit",
            "identity/endpoint",
            "identity/endpoint_group");

    private final GrantsTold told;
    private final PlansWork plans;
    private final ContractGrants grants;

    BreakGlassGuard(GrantsTold told, PlansWork plans, ContractGrants grants) {
        this.told = told;
        this.plans = plans;
        this.grants = grants;
    }

    @Override
    public OutboxEvent admit(Db db, Scoped scoped, OutboxEvent event) throws Refused {
        if (!(scoped instanceof Caller caller) || !(event instanceof CadfEvent act) || !isHeld(caller, act)) {
            return event;
        }
        if (act.target().typeURI().equals(MAIL)) {
            return openedLink(db, caller, act);
        }
        String domain = ContractGrants.domain(db, act.target().project_id());
        if (domain == null || domain.equals(Domain.DEFAULT_ID)) {
            return event;
        }
        BreakGlassWord word = told.now();
        Optional<Grant> grant = grants.running(db, caller, word, domain);
        if (grant.isPresent()) {
            return under(grant.get(), act);
        }
        Optional<String> reason = told.reason();
        if (!word.required()) {
            return reason.map(given -> act.with(Map.of("reason", given))).orElse(act);
        }
        if (!plans.has(db, domain, act)) {
            throw refused(act, "403", required());
        }
        return act.with(Map.of("reason", reason.orElseThrow(() -> refused(act, "400", reasonMissing()))));
    }

    private static CadfEvent under(Grant grant, CadfEvent act) {
        return act.with(Map.of("break_glass", grant.id(), "ticket", grant.ticket()));
    }

    /** Whoever reads the link in a mail is whoever it was sent to; so it needs a grant for each contract that has such a person, and stands in its history. */
    private CadfEvent openedLink(Db db, Caller caller, CadfEvent act) throws Refused {
        BreakGlassWord word = told.now();
        if (!word.required()) {
            return act;
        }
        CadfEvent opened = act;
        for (Reader reader : readers(db, act.target().id())) {
            opened = inHistoryOf(reader.project(), opened);
            Grant grant = grants.running(db, caller, word, reader.domain()).orElse(null);
            if (grant == null) {
                throw refused(opened, "403", required());
            }
            opened = under(grant, opened);
        }
        return opened;
    }

    private record Reader(String domain, @Nullable String project) {}

    private static List<Reader> readers(Db db, String mail) {
        return db.sql("""
                        select d.id, (select j.id from project j where j.domain_id = d.id order by j.created_at, j.id limit 1)
                          from domain d
                         where d.id <> :provider
                           and exists (select 1 from mail m join account a on lower(a.email) = lower(m.recipient)
                                        where m.id = cast(:mail as uuid) and a.domain_id = d.id)
                         order by d.id
                        """)
                .param("provider", Domain.DEFAULT_ID)
                .param("mail", mail)
                .query((row, _) -> new Reader(row.getString(1), row.getString(2)))
                .list();
    }

    private static CadfEvent inHistoryOf(@Nullable String project, CadfEvent act) {
        CadfEvent.Target of = act.target();
        return act.about(new CadfEvent.Target(of.id(), of.typeURI(), of.name(), project));
    }

    private static boolean isHeld(Caller caller, CadfEvent act) {
        String kind = act.target().typeURI();
        boolean made = kind.equals("identity/project") && act.action().equals("create");
        return ContractGrants.isProviders(caller)
                && act.outcome().equals("success")
                && ((kind.startsWith(OURS) && !PROVIDERS_WORK.contains(kind) && !made)
                        || (kind.equals(MAIL) && act.action().equals("read/secret")));
    }

    private static Refused refused(CadfEvent act, String code, Refusal refusal) {
        return new Refused(refusal, act.failed(code, refusal.sentence()));
    }

    private static Refusal required() {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                "BreakGlassRequired",
                "This belongs to a customer's contract. Ask for break-glass access to a project of it (console: Operation >"
                        + " Break-glass), have it approved by a second person, and try again while it lasts.");
    }

    private static Refusal reasonMissing() {
        return new Refusal(
                Refusal.Kind.INVALID,
                "ReasonMissing",
                "By its plan the provider looks after the users of this contract, and its history says on whose request. Give"
                        + " the reason (header X-Unkai-Reason, percent-encoded, at most 500 characters).");
    }
}
