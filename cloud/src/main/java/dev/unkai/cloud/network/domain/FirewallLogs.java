package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.FirewallLogStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.wire.token.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** A project's wishes to have noted what its security groups let through and drop. There is none until the project asks. */
@Component
public class FirewallLogs {
    /** Filters that note packets are called this and the log's id; a name of OVN's ACL has at most 63 characters. */
    public static final String FILTER_PREFIX = "unkai-log-";

    private static final int MOST_PER_PROJECT = 20;

    private final FirewallLogStore store;
    private final SecurityGroupStore groups;
    private final PortStore ports;
    private final OvnMarks marks;
    private final Trail trail;

    public FirewallLogs(
            FirewallLogStore store, SecurityGroupStore groups, PortStore ports, OvnMarks marks, Trail trail) {
        this.store = store;
        this.groups = groups;
        this.ports = ports;
        this.marks = marks;
        this.trail = trail;
    }

    public FirewallLog get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> Refusals.notFound("Log resource", id));
    }

    /**
     * What the provider asks to have noted of somebody's group or port is that project's log, as if it had asked itself.
     *
     * @throws dev.unkai.base.Refusal when group or port are not the project's, or it has too many logs
     */
    public FirewallLog create(Db db, Caller caller, FirewallLog asked) {
        FirewallLog wanted = caller.isAdmin() ? owner(db, asked).map(asked::of).orElse(asked) : asked;
        UUID group = wanted.groupId();
        if (group != null
                && groups.listing
                        .find(db, group)
                        .filter(found -> found.project().equals(wanted.project()))
                        .isEmpty()) {
            throw Refusals.notFound("Security group", group);
        }
        UUID portId = wanted.portId();
        if (portId != null) {
            Port port = ports.listing
                    .find(db, portId)
                    .filter(found -> found.project().equals(wanted.project()))
                    .orElseThrow(() -> Refusals.notFound("Port", portId));
            if (group != null && !port.securityGroups().contains(group)) {
                throw Refusals.conflict(
                        "InvalidResourceConstraint",
                        "Invalid resource constraint: Port " + portId + " is not in security group " + group + ".");
            }
        }
        if (store.count(db, wanted.project()) >= MOST_PER_PROJECT) {
            throw Refusals.conflict(
                    "OverQuota", "A project can have at most " + MOST_PER_PROJECT + " logs. Delete one first.");
        }
        store.insert(db, wanted);
        marks.raise(db, Kind.GROUP, store.coveredGroups(db, wanted));
        trail.record(db, caller, "create", "log", wanted.id(), wanted.name(), wanted.project(), Changes.made(wanted));
        return get(db, wanted.id());
    }

    private Optional<String> owner(Db db, FirewallLog log) {
        UUID group = log.groupId();
        if (group != null) {
            return groups.listing.find(db, group).map(SecurityGroup::project);
        }
        return Optional.ofNullable(log.portId())
                .flatMap(port -> ports.listing.find(db, port))
                .map(Port::project);
    }

    public FirewallLog update(Db db, Caller caller, UUID id, UnaryOperator<FirewallLog> change) {
        FirewallLog before = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notFound("Log resource", id);
        }
        FirewallLog after = change.apply(before);
        store.update(db, after);
        if (before.enabled() != after.enabled()) {
            marks.raise(db, Kind.GROUP, store.coveredGroups(db, after));
        }
        trail.record(db, caller, "update", "log", id, after.name(), after.project(), Changes.between(before, after));
        return get(db, id);
    }

    /** What was noted stays until its time is over. */
    public void delete(Db db, Caller caller, UUID id) {
        FirewallLog log = get(db, id);
        marks.raise(db, Kind.GROUP, store.coveredGroups(db, log));
        store.delete(db, id);
        trail.record(db, caller, "delete", "log", id, log.name(), log.project(), Changes.gone(log));
    }
}
