package dev.unkai.cloud.breakglass;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.OutboxEvent;
import dev.unkai.base.event.RecordGuard;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Where a site requires break-glass, lets the provider's people change nothing in a customer's project without a grant that runs at
 * this moment. It looks at what is recorded, which is everything that changes, so one place holds for all APIs; and at
 * the database in the same transaction, so nothing is remembered that may have ended.
 */
@Component
class BreakGlassGuard implements RecordGuard {
    /** The provider's own domain. */
    static final String PROVIDER = "default";

    /** What the provider does for customers from outside of their projects: contracts, limits, sizes, new hosts, a look at the history, holds, disclosures. And break-glass itself. */
    private static final Set<String> PROVIDERS_WORK = Set.of(
            "service/application",
            "service/contract",
            "service/plan",
            "compute/quota",
            "compute/quota-class",
            "network/quota",
            "compute/flavor",
            "compute/aggregate",
            "compute/host-token",
            "service/history",
            "evidence/hold",
            "evidence/disclosure",
            "evidence/package",
            BreakGlassEvents.KIND);

    private final HostActs hosts;

    private final BreakGlassStore store;
    private final BreakGlassSetting setting;

    BreakGlassGuard(BreakGlassStore store, BreakGlassSetting setting, HostActs hosts) {
        this.hosts = hosts;
        this.store = store;
        this.setting = setting;
    }

    @Override
    public OutboxEvent admit(Db db, Scoped scoped, OutboxEvent event) throws Refused {
        if (!(scoped instanceof Caller caller) || !(event instanceof CadfEvent act)) {
            return event;
        }
        if (caller.token().isView()) {
            // The policy has refused it before; were something forgotten there, it ends here.
            throw refused(act, readOnly());
        }
        boolean happens = act.outcome().equals("success");
        if (!happens
                || !isProviders(caller)
                || PROVIDERS_WORK.contains(act.target().typeURI())) {
            return event;
        }
        if (act.target().typeURI().equals(HostActs.HOST)) {
            return hosts.admit(db, caller, act);
        }
        String project = act.target().project_id();
        if (ofAnotherUser(act, caller)) {
            return setting == BreakGlassSetting.OPEN ? event : refuse(act);
        }
        if (project == null || project.equals(caller.projectOrNull())) {
            return event;
        }
        Optional<BreakGlassCase> grant =
                store.running(db, caller.user(), project).or(() -> hosts.covering(db, caller, act));
        if (grant.isPresent()) {
            return act.with(facts(grant.get()));
        }
        return setting == BreakGlassSetting.OPEN ? event : refuse(act);
    }

    static Map<String, String> facts(BreakGlassCase grant) {
        return Map.of("break_glass", grant.id().toString(), "ticket", grant.ticket());
    }

    private static OutboxEvent refuse(CadfEvent act) throws Refused {
        throw refused(act, refusal());
    }

    /** Rolls the transaction back; the attempt is recorded. */
    static Refused refused(CadfEvent act, Refusal refusal) {
        return new Refused(refusal, act.failed("403", refusal.sentence()));
    }

    /** Key pairs belong to a user and to no project, so no grant is for them. */
    private static boolean ofAnotherUser(CadfEvent act, Caller caller) {
        return act.target().typeURI().equals("compute/keypair")
                && act.attachments() != null
                && !caller.user().equals(act.attachments().get("owner"));
    }

    static boolean isProviders(Caller caller) {
        return caller.isAdmin() || caller.token().userDomainId().equals(PROVIDER);
    }

    private static Refusal readOnly() {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                "ViewIsReadOnly",
                "This is a view as customer, read-only: nothing is changed in it. End it first.");
    }

    static Refusal refusal() {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                "BreakGlassRequired",
                "This is a customer's project. Ask for break-glass access to it (console: Operation > Break-glass), have it"
                        + " approved by a second person, and try again while it lasts.");
    }
}
