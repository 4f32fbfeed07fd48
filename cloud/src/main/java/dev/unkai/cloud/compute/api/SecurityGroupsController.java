package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.network.ProxiedGroups;
import dev.unkai.cloud.network.ProxiedGroups.Group;
import dev.unkai.cloud.network.ProxiedGroups.Rule;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-security-groups} until 2.35, which stands for the Network API, and a server's groups at any version. */
@RestController
@RequestMapping("/compute/v2.1")
class SecurityGroupsController {
    private static final int LAST = 35;

    private final Transactions transactions;
    private final ProxiedGroups groups;
    private final Servers servers;

    SecurityGroupsController(Transactions transactions, ProxiedGroups groups, Servers servers) {
        this.transactions = transactions;
        this.groups = groups;
        this.servers = servers;
    }

    @GetMapping("/servers/{server}/os-security-groups")
    @Allow("compute:server:show")
    Shape ofServer(Caller caller, @PathVariable String server) {
        UUID id = ServerIds.parse(server);
        servers.find(caller, id);
        return list(transactions.asCaller(caller, db -> groups.ofServer(db, id)));
    }

    @GetMapping("/os-security-groups")
    @Allow("compute:security-group:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        Since.last(version, LAST);
        Query query = Query.of(request, version, "all_tenants", "limit", "offset");
        boolean all = query.has("all_tenants") && Query.isTrue(String.valueOf(query.text("all_tenants")));
        List<Group> found = transactions.asCaller(caller, db -> groups.list(db, caller, all));
        return list(found.stream()
                .skip(query.number("offset", 0))
                .limit(query.limit() == 0 ? Query.MOST : query.limit()) // 0 is no limit here
                .toList());
    }

    private static Shape list(List<Group> groups) {
        return Shape.of(
                "security_groups",
                groups.stream()
                        .sorted(Comparator.comparing(Group::project).thenComparing(Group::name))
                        .map(SecurityGroupsController::shape)
                        .toList());
    }

    @PostMapping("/os-security-groups")
    @Allow("compute:security-group:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        Texts texts = texts(body);
        return one(caller, db -> groups.create(db, caller, texts.name(), texts.description()));
    }

    @GetMapping("/os-security-groups/{group}")
    @Allow("compute:security-group:show")
    Shape show(Caller caller, Microversion version, @PathVariable String group) {
        UUID id = parse(group, version);
        return one(caller, db -> groups.get(db, id));
    }

    @PutMapping("/os-security-groups/{group}")
    @Allow("compute:security-group:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String group,
            @RequestBody(required = false) @Nullable JsonNode body) {
        UUID id = parse(group, version);
        Texts texts = texts(body);
        return one(caller, db -> groups.update(db, caller, id, texts.name(), texts.description()));
    }

    @DeleteMapping("/os-security-groups/{group}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:security-group:manage")
    void delete(Caller caller, Microversion version, @PathVariable String group) {
        UUID id = parse(group, version);
        asReference(caller, db -> groups.delete(db, caller, id));
    }

    private record Texts(String name, String description) {}

    private static Texts texts(@Nullable JsonNode body) {
        Fields fields = Fields.only(body, "security_group");
        // Any text, as the Network API behind takes it; other fields are not looked at.
        String name = fields.text("name", Text.META_VALUE);
        String description = fields.text("description", Text.META_VALUE);
        return new Texts(name, description);
    }

    private static UUID parse(String group, Microversion version) {
        Since.last(version, LAST);
        if (!Text.isUuid(group)) {
            throw Refusal.invalid("Security group id should be a UUID.");
        }
        return UUID.fromString(group);
    }

    private Shape one(Caller caller, Function<Db, Group> work) {
        return Shape.of("security_group", shape(transactions.asCaller(caller, work)));
    }

    /** These addresses call a group in use, and the default group, an invalid request. */
    private void asReference(Caller caller, Consumer<Db> work) {
        try {
            transactions.doAsCaller(caller, work);
        } catch (Refusal refusal) {
            throw refusal.kind() == Refusal.Kind.CONFLICT ? Refusal.invalid(refusal.sentence()) : refusal;
        }
    }

    private static Shape shape(Group group) {
        return new Shape()
                .with("id", group.id())
                .with("name", group.name())
                .with("description", group.description())
                .with("tenant_id", group.project())
                .with(
                        "rules",
                        group.rules().stream().map(rule -> shape(group, rule)).toList());
    }

    private static Shape shape(Group group, Rule rule) {
        return shape(group.id(), rule);
    }

    static Shape shape(UUID group, Rule rule) {
        boolean allPorts = rule.portMin() == null
                && rule.protocol() != null
                && (rule.protocol().equals("tcp") || rule.protocol().equals("udp"));
        ProxiedGroups.RemoteGroup remote = rule.remote();
        return new Shape()
                .with("id", rule.id())
                .with("parent_group_id", group)
                .with("ip_protocol", rule.protocol())
                .with("from_port", allPorts ? Integer.valueOf(1) : rule.portMin())
                .with("to_port", allPorts ? Integer.valueOf(65_535) : rule.portMax())
                .with("ip_range", rule.prefix() == null ? Map.of() : Map.of("cidr", rule.prefix()))
                .with(
                        "group",
                        remote == null ? Map.of() : Map.of("name", remote.name(), "tenant_id", remote.project()));
    }
}
