package dev.unkai.cloud.breakglass;

import static dev.unkai.cloud.breakglass.BreakGlassGuard.facts;
import static dev.unkai.cloud.breakglass.BreakGlassGuard.refused;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.OutboxEvent;
import dev.unkai.base.event.RecordGuard.Refused;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What one of the provider's people does with a host. What leaves the guests running and shut is routine, which one person does at night, with a reason; anything else
 * needs an access to the host. That access also lets him do with the guests there what belongs to the host's work, and not what belongs to the customer's.
 */
@Component
class HostActs {
    static final String HOST = "compute/host";

    /** Takes guests no longer or again, lets them go by live migration; an empty one leaves or changes hands. */
    private static final Set<String> ROUTINE = Set.of(
            "maintenance/begin",
            "maintenance/end",
            "drain/begin",
            "drain/end",
            "delete",
            "dedicate",
            "undedicate",
            "update");

    private static final Set<String> WITH_REASON = Set.of("maintenance/begin", "drain/begin");

    /** To guests of the host: where they run, and whether. Nothing that shows or changes what is in them. */
    private static final Set<String> TO_GUESTS = Set.of(
            "migrate",
            "live-migration",
            "live_migration_force_complete",
            "live_migration_cancel",
            "confirmResize",
            "revertResize",
            "start",
            "stop",
            "reboot",
            "pause",
            "unpause",
            "suspend",
            "resume",
            "resetState");

    private final HostGrants grants;
    private final BreakGlassSetting setting;

    HostActs(HostGrants grants, BreakGlassSetting setting) {
        this.grants = grants;
        this.setting = setting;
    }

    /** The act on a host as it is to be recorded, in the histories of those with servers there too if an access runs. */
    OutboxEvent admit(Db db, Caller caller, CadfEvent act) throws Refused {
        Optional<UUID> host = id(act);
        Optional<BreakGlassCase> grant = host.flatMap(id -> grants.running(db, caller.user(), id));
        if (grant.isPresent()) {
            CadfEvent marked = act.with(facts(grant.get()));
            if (act.target().project_id() == null) {
                tell(db, marked, grants.customers(db, host.orElseThrow()));
            }
            return marked;
        }
        if (setting == BreakGlassSetting.OPEN) {
            return act;
        }
        if (!ROUTINE.contains(act.action())) {
            throw refused(act, refusal());
        }
        if (WITH_REASON.contains(act.action()) && !hasReason(act)) {
            throw withoutReason(act);
        }
        return act;
    }

    /** The access to the host by which the caller may do this with a guest there. */
    Optional<BreakGlassCase> covering(Db db, Caller caller, CadfEvent act) {
        boolean hostsWork = act.target().typeURI().equals("compute/server") && TO_GUESTS.contains(act.action());
        return hostsWork
                ? id(act).flatMap(server -> grants.runningForServer(db, caller.user(), server))
                : Optional.empty();
    }

    /** Without the host's name, which customers are told nowhere. Events of their own, since each history has its own entries; they come by the guard again, which lets the marked ones pass. */
    private static void tell(Db db, CadfEvent act, Iterable<String> projects) {
        for (String project : projects) {
            CadfEvent.Target target = act.target();
            db.record(act.about(new CadfEvent.Target(target.id(), target.typeURI(), null, project))
                    .renamed(UUID.randomUUID()));
        }
    }

    private static boolean hasReason(CadfEvent act) {
        return act.attachments() != null && act.attachments().containsKey("reason");
    }

    private static Optional<UUID> id(CadfEvent act) {
        try {
            return Optional.of(UUID.fromString(act.target().id()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Refusal refusal() {
        return new Refusal(
                Refusal.Kind.FORBIDDEN,
                "BreakGlassForHostRequired",
                "This reaches the guests of the host. Ask for break-glass access to the host (console: Operation > Break-glass), have it"
                        + " approved by a second person, and try again while it lasts.");
    }

    private static Refused withoutReason(CadfEvent act) {
        Refusal refusal = new Refusal(
                Refusal.Kind.INVALID,
                "HostReasonMissing",
                "Say why the host is to take no new guests: it is kept with what you do.");
        return new Refused(refusal, act.failed("400", refusal.sentence()));
    }
}
