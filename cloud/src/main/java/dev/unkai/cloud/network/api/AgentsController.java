package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.hosts.Hosts.Host;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.Trail;
import dev.unkai.cloud.network.store.AgentNoteStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Network API v2.0: agents, one for each host: its OVN controller. Customers see none, as row-level security shows them no hosts. */
@RestController
@RequestMapping("/network/v2.0/agents")
final class AgentsController {
    private final RequestTransactions transactions;
    private final Hosts hosts;
    private final AgentNoteStore notes;
    private final Listings listings;
    private final Trail trail;

    AgentsController(
            RequestTransactions transactions, Hosts hosts, AgentNoteStore notes, Listings listings, Trail trail) {
        this.transactions = transactions;
        this.hosts = hosts;
        this.notes = notes;
        this.listings = listings;
        this.trail = trail;
    }

    @Allow("network:agent:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return listings.page(request, "agents", transactions.asCaller(caller, db -> all(db, caller)));
    }

    private List<Map<String, Object>> all(Db db, Caller caller) {
        if (!caller.isAdmin()) {
            return List.of();
        }
        Map<UUID, String> noted = notes.all(db);
        return hosts.list(db).stream()
                .map(host -> view(host, noted.getOrDefault(host.id(), "")))
                .toList();
    }

    @Allow("network:agent:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return Listings.one(request, "agent", transactions.asCaller(caller, db -> view(db, find(db, id))));
    }

    private Map<String, Object> view(Db db, Host host) {
        return view(host, notes.all(db).getOrDefault(host.id(), ""));
    }

    private Host find(Db db, String id) {
        UUID host = Paths.id("Agent", id);
        Optional<Host> found =
                hosts.list(db).stream().filter(one -> one.id().equals(host)).findFirst();
        return found.orElseThrow(() -> Refusals.notFound("Agent", id));
    }

    /** Only the description changes: which hosts take guests is told to the Compute API, and routers follow the hosts. */
    @Allow("network:agent:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "agent", caller);
        boolean up = in.flag("admin_state_up", true);
        boolean noted = in.has("description");
        String description = in.description("");
        in.finish();
        return transactions.asCaller(caller, db -> {
            Host host = find(db, id);
            if (!up) {
                throw new Refusal(
                        Refusal.Kind.INVALID, "BadRequest", "Bad agent request: OVN agent status cannot be updated.");
            }
            if (noted) {
                String before = notes.all(db).getOrDefault(host.id(), "");
                notes.set(db, host.id(), description);
                trail.record(
                        db,
                        caller,
                        "update",
                        "agent",
                        host.id(),
                        host.name(),
                        caller.project(),
                        Changes.of("description", before, description));
            }
            return Map.of("agent", view(db, host));
        });
    }

    /** An agent is there as long as its host is. */
    @Allow("network:agent:delete")
    @DeleteMapping("/{id}")
    void delete(Caller caller, @PathVariable String id) {
        Host host = transactions.asCaller(caller, db -> find(db, id));
        throw Refusals.conflict(
                "AgentInUse", "The agent " + id + " goes with its host " + host.name() + ". Remove the host instead.");
    }

    private static Map<String, Object> view(Host host, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", host.id());
        body.put("agent_type", host.gateway() ? "OVN Controller Gateway agent" : "OVN Controller agent");
        body.put("binary", "ovn-controller");
        body.put("topic", "n/a");
        body.put("host", host.name());
        body.put("admin_state_up", true);
        body.put("alive", !host.state().equals("unknown"));
        body.put("availability_zone", host.zone());
        body.put(
                "configurations",
                Map.of("chassis_name", host.id(), "bridge-mappings", host.gateway() ? "external:br-ex" : ""));
        body.put("created_at", Bodies.time(host.createdAt()));
        body.put("started_at", Bodies.time(host.createdAt()));
        body.put("heartbeat_timestamp", Bodies.time(host.lastSeen()));
        body.put("description", description);
        body.put("resources_synced", null);
        body.put("resource_versions", Map.of());
        return body;
    }
}
