package dev.unkai.cloud.network.domain;

import static dev.unkai.cloud.network.store.SecurityGroupRule.EGRESS;
import static dev.unkai.cloud.network.store.SecurityGroupRule.INGRESS;
import static dev.unkai.cloud.network.store.SecurityGroupRule.IPV4;
import static dev.unkai.cloud.network.store.SecurityGroupRule.IPV6;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.ListQuery;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes security groups and their rules; every project has a default group from its first use on. */
@Component
public class SecurityGroups {
    /** Out by IPv4 and by IPv6. */
    private static final int RULES_OF_A_NEW_ONE = 2;

    public static final String DEFAULT = "default";

    private final SecurityGroupStore store;
    private final AddressGroupStore addressGroups;
    private final Sharing sharing;
    private final Quotas quotas;
    private final OvnMarks marks;
    private final Trail trail;
    private final Ids ids;

    public SecurityGroups(
            SecurityGroupStore store,
            AddressGroupStore addressGroups,
            Sharing sharing,
            Quotas quotas,
            OvnMarks marks,
            Trail trail,
            Ids ids) {
        this.store = store;
        this.addressGroups = addressGroups;
        this.sharing = sharing;
        this.quotas = quotas;
        this.marks = marks;
        this.trail = trail;
        this.ids = ids;
    }

    public SecurityGroup get(Db db, UUID id) {
        return store.listing.find(db, id).orElseThrow(() -> notFound(id));
    }

    public SecurityGroupRule rule(Db db, UUID id) {
        return store.rules.find(db, id).orElseThrow(() -> Refusals.notFound("Security Group Rule", id));
    }

    /** The project's default group, made now if this is its first use: out to everywhere, in only from its own members. */
    public UUID ensureDefault(Db db, String project) {
        if (project.isEmpty()) {
            throw new IllegalArgumentException("Without a project there is no default security group");
        }
        List<SecurityGroup> found = store.listing.where(db, "r.project_id = ? and r.is_default", List.of(project));
        if (!found.isEmpty()) {
            return found.getFirst().id();
        }
        UUID id = ids.next();
        if (!store.insert(db, empty(id, project, DEFAULT, "Default security group", true, true))) {
            return store.listing
                    .where(db, "r.project_id = ? and r.is_default", List.of(project))
                    .getFirst()
                    .id();
        }
        for (String ethertype : List.of(IPV4, IPV6)) {
            store.insertRule(db, open(id, project, EGRESS, ethertype, null));
            store.insertRule(db, open(id, project, INGRESS, ethertype, id));
        }
        marks.raise(db, Kind.GROUP, id);
        return id;
    }

    public SecurityGroup create(
            Db db, Caller caller, String project, String name, String description, boolean stateful) {
        ensureDefault(db, project);
        if (name.equals(DEFAULT)) {
            throw secondDefault();
        }
        quotas.claim(db, project, Quotas.Resource.SECURITY_GROUP, 1);
        quotas.allow(db, project, Quotas.Resource.SECURITY_GROUP_RULE, RULES_OF_A_NEW_ONE);
        UUID id = ids.next();
        store.insert(db, empty(id, project, name, description, stateful, false));
        store.insertRule(db, open(id, project, EGRESS, IPV4, null));
        store.insertRule(db, open(id, project, EGRESS, IPV6, null));
        marks.raise(db, Kind.GROUP, id);
        SecurityGroup made = get(db, id);
        trail.record(db, caller, "create", "security-group", id, name, project, Changes.made(made));
        return made;
    }

    public SecurityGroup update(Db db, Caller caller, UUID id, UnaryOperator<SecurityGroup> change) {
        SecurityGroup before = owned(db, id);
        SecurityGroup after = change.apply(before);
        if (before.isDefault() && !before.name().equals(after.name())) {
            throw Refusals.conflict("SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
        }
        if (!before.isDefault() && after.name().equals(DEFAULT)) {
            throw secondDefault();
        }
        if (before.stateful() != after.stateful() && store.inUse(db, id)) {
            throw inUse(id);
        }
        store.update(db, after);
        marks.raise(db, Kind.GROUP, id);
        trail.record(
                db,
                caller,
                "update",
                "security-group",
                id,
                after.name(),
                after.project(),
                Changes.between(before, after));
        return get(db, id);
    }

    public void delete(Db db, Caller caller, UUID id) {
        SecurityGroup group = owned(db, id);
        if (group.isDefault() && !caller.isAdmin()) {
            throw Refusals.conflict(
                    "SecurityGroupCannotRemoveDefault", "Insufficient rights for removing default security group.");
        }
        if (store.inUse(db, id)) {
            throw inUse(id);
        }
        marks.raise(db, Kind.GROUP, store.naming(db, id));
        sharing.forget(db, RbacPolicy.SECURITY_GROUP, id);
        store.delete(db, id);
        marks.raise(db, Kind.GROUP, id);
        trail.record(db, caller, "delete", "security-group", id, group.name(), group.project(), Changes.gone(group));
    }

    /** @param asked checked by {@link RuleRules}; its project is ignored for the group's */
    public SecurityGroupRule addRule(Db db, Caller caller, SecurityGroupRule asked) {
        SecurityGroupRule wanted = RuleRules.canonical(asked);
        SecurityGroup group = owned(db, wanted.groupId());
        UUID remote = wanted.remoteGroupId();
        if (remote != null) {
            get(db, remote);
        }
        UUID addresses = wanted.remoteAddressGroupId();
        if (addresses != null && addressGroups.listing.find(db, addresses).isEmpty()) {
            throw new dev.unkai.base.Refusal(
                    dev.unkai.base.Refusal.Kind.NOT_FOUND,
                    "AddressGroupNotFound",
                    "Address group " + addresses + " could not be found.");
        }
        quotas.claim(db, group.project(), Quotas.Resource.SECURITY_GROUP_RULE, 1);
        RuleRules.check(wanted);
        group.rules().stream()
                .filter(rule -> RuleRules.same(rule, wanted))
                .findFirst()
                .ifPresent(SecurityGroups::refuseTwin);
        if (!store.insertRule(db, withProject(wanted, group.project()))) {
            refuseTwin(wanted);
        }
        marks.raise(db, Kind.GROUP, group.id());
        trail.record(
                db,
                caller,
                "create",
                "security-group-rule",
                wanted.id(),
                group.name(),
                group.project(),
                Changes.made(wanted));
        return rule(db, wanted.id());
    }

    private static void refuseTwin(SecurityGroupRule twin) {
        throw Refusals.conflict(
                "SecurityGroupRuleExists", "Security group rule already exists. Rule id is " + twin.id() + ".");
    }

    public void removeRule(Db db, Caller caller, UUID id) {
        SecurityGroupRule rule = rule(db, id);
        SecurityGroup group = owned(db, rule.groupId());
        store.deleteRule(db, rule);
        marks.raise(db, Kind.GROUP, group.id());
        trail.record(
                db, caller, "delete", "security-group-rule", id, group.name(), group.project(), Changes.gone(rule));
    }

    /** The groups that these ids or names mean, each once. */
    public List<UUID> resolve(Db db, String project, List<String> idsOrNames) {
        Set<UUID> found = new HashSet<>();
        for (String text : idsOrNames) {
            found.add(resolve(db, project, text));
        }
        return List.copyOf(found);
    }

    public UUID resolve(Db db, String project, String idOrName) {
        ensureDefault(db, project);
        List<SecurityGroup> matches = store.listing.list(db, ListQuery.of("id", idOrName));
        if (matches.isEmpty()) {
            matches = store.listing.list(
                    db,
                    new ListQuery(
                            Map.of("name", List.of(idOrName), "project_id", List.of(project)),
                            List.of(),
                            0,
                            null,
                            false));
        }
        if (matches.size() > 1) {
            throw Refusals.conflict(
                    "NoUniqueMatch",
                    "Multiple security groups are named '" + idOrName + "'. Use an id instead of the name.");
        }
        if (matches.isEmpty()) {
            throw notFound(idOrName);
        }
        return matches.getFirst().id();
    }

    private SecurityGroup owned(Db db, UUID id) {
        get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Security group", id);
        }
        return get(db, id);
    }

    private static RuntimeException notFound(Object id) {
        return new dev.unkai.base.Refusal(
                dev.unkai.base.Refusal.Kind.NOT_FOUND,
                "SecurityGroupNotFound",
                "Security group " + id + " does not exist");
    }

    private static RuntimeException secondDefault() {
        return Refusals.conflict("SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
    }

    private static RuntimeException inUse(UUID id) {
        return Refusals.conflict("SecurityGroupInUse", "Security Group " + id + " in use.");
    }

    private static SecurityGroup empty(
            UUID id, String project, String name, String description, boolean stateful, boolean isDefault) {
        return new SecurityGroup(
                id, project, name, description, stateful, isDefault, false, List.of(), List.of(), Stamp.NEW);
    }

    private SecurityGroupRule open(
            UUID group, String project, String direction, String ethertype, @Nullable UUID remoteGroup) {
        return new SecurityGroupRule(
                ids.next(), project, group, "", direction, ethertype, null, null, null, null, remoteGroup, Stamp.NEW);
    }

    private static SecurityGroupRule withProject(SecurityGroupRule rule, String project) {
        return new SecurityGroupRule(
                rule.id(),
                project,
                rule.groupId(),
                rule.description(),
                rule.direction(),
                rule.ethertype(),
                rule.protocol(),
                rule.portMin(),
                rule.portMax(),
                rule.remotePrefix(),
                rule.remoteGroupId(),
                rule.remoteAddressGroupId(),
                Stamp.NEW);
    }
}
