package dev.unkai.cloud.network;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.SecurityGroups;
import dev.unkai.cloud.network.store.PortStore;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The security groups as the Compute API's old addresses show them: incoming rules only. */
@Component
public class ProxiedGroups {
    private final SecurityGroups groups;
    private final SecurityGroupStore store;
    private final PortStore ports;
    private final Ids ids;

    ProxiedGroups(SecurityGroups groups, SecurityGroupStore store, PortStore ports, Ids ids) {
        this.ids = ids;
        this.groups = groups;
        this.store = store;
        this.ports = ports;
    }

    public record Group(UUID id, String project, String name, String description, List<Rule> rules) {}

    /** Nulls mean any; exactly one of the prefix and the remote group is there. */
    public record Rule(
            UUID id,
            @Nullable String protocol,
            @Nullable Integer portMin,
            @Nullable Integer portMax,
            @Nullable String prefix,
            @Nullable RemoteGroup remote) {}

    public record RemoteGroup(String name, String project) {}

    /** The project's groups, or everybody's for the provider; the project's default group is made if there is none yet. */
    public List<Group> list(Db db, Caller caller, boolean all) {
        if (!caller.looksOnly()) {
            groups.ensureDefault(db, caller.project());
        }
        List<SecurityGroup> found = all && caller.isAdmin()
                ? store.listing.where(db, "true", List.of())
                : store.listing.where(db, "r.project_id = ?", List.of(caller.project()));
        return found.stream().map(group -> shown(db, group)).toList();
    }

    public Group get(Db db, UUID id) {
        return shown(db, groups.get(db, id));
    }

    public Group create(Db db, Caller caller, String name, String description) {
        return shown(db, groups.create(db, caller, caller.project(), name, description, true));
    }

    public Group update(Db db, Caller caller, UUID id, String name, String description) {
        return shown(db, groups.update(db, caller, id, old -> renamed(old, name, description)));
    }

    public void delete(Db db, Caller caller, UUID id) {
        groups.delete(db, caller, id);
    }

    /**
     * A rule as the Compute API asks for it: incoming.
     *
     * @param protocol null: any
     * @param prefix null: from everywhere, unless a group is named
     */
    public record WantedRule(
            UUID group,
            @Nullable String protocol,
            @Nullable Integer portMin,
            @Nullable Integer portMax,
            @Nullable String prefix,
            @Nullable UUID remoteGroup) {}

    /** A rule and the group that it is in. */
    public record GroupsRule(UUID group, Rule rule) {}

    public GroupsRule addRule(Db db, Caller caller, WantedRule wanted) {
        SecurityGroup group = groups.get(db, wanted.group());
        if (wanted.remoteGroup() != null) {
            groups.get(db, wanted.remoteGroup());
        }
        boolean ipv6 =
                wanted.prefix() != null && wanted.prefix().contains(":") || "ipv6-icmp".equals(wanted.protocol());
        SecurityGroupRule made = groups.addRule(
                db,
                caller,
                new SecurityGroupRule(
                        ids.next(),
                        group.project(),
                        group.id(),
                        "",
                        SecurityGroupRule.INGRESS,
                        ipv6 ? SecurityGroupRule.IPV6 : SecurityGroupRule.IPV4,
                        wanted.protocol(),
                        wanted.portMin(),
                        wanted.portMax(),
                        wanted.prefix(),
                        wanted.remoteGroup(),
                        Stamp.NEW));
        return new GroupsRule(group.id(), shown(db, group, made));
    }

    /** The prefix with its length said; empty when it is none. Host bits stay. */
    public static Optional<String> prefix(String text) {
        return Prefix.parse(text).map(Prefix::toString);
    }

    public void removeRule(Db db, Caller caller, UUID id) {
        groups.removeRule(db, caller, id);
    }

    /** The groups on the server's ports. */
    public List<Group> ofServer(Db db, UUID server) {
        return ports.ofServer(db, server).stream()
                .flatMap(port -> port.securityGroups().stream())
                .distinct()
                .flatMap(id -> store.listing.find(db, id).stream())
                .map(group -> shown(db, group))
                .toList();
    }

    private static SecurityGroup renamed(SecurityGroup old, String name, String description) {
        Stamp stamp = old.stamp();
        return new SecurityGroup(
                old.id(),
                old.project(),
                name,
                description,
                old.stateful(),
                old.isDefault(),
                old.shared(),
                old.rules(),
                old.tags(),
                stamp);
    }

    private Group shown(Db db, SecurityGroup group) {
        List<Rule> rules = group.rules().stream()
                .filter(rule -> rule.direction().equals(SecurityGroupRule.INGRESS))
                .map(rule -> shown(db, group, rule))
                .toList();
        return new Group(group.id(), group.project(), group.name(), group.description(), rules);
    }

    private Rule shown(Db db, SecurityGroup own, SecurityGroupRule rule) {
        UUID remoteId = rule.remoteGroupId();
        if (remoteId == null) {
            String anywhere = rule.ethertype().equals(SecurityGroupRule.IPV6) ? "::/0" : "0.0.0.0/0";
            String prefix = rule.remotePrefix() == null ? anywhere : rule.remotePrefix();
            return new Rule(rule.id(), rule.protocol(), rule.portMin(), rule.portMax(), prefix, null);
        }
        Optional<SecurityGroup> remote =
                remoteId.equals(own.id()) ? Optional.of(own) : store.listing.find(db, remoteId);
        RemoteGroup named = remote.map(group -> new RemoteGroup(group.name(), group.project()))
                .orElse(new RemoteGroup(remoteId.toString(), own.project()));
        return new Rule(rule.id(), rule.protocol(), rule.portMin(), rule.portMax(), null, named);
    }
}
