package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.domain.FirewallLogs;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.FirewallLog;
import dev.unkai.cloud.network.store.FirewallLogStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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

/** Network API v2.0, extension "logging": which packets that security groups judge are to be noted. */
@RestController
@RequestMapping("/network/v2.0/log")
final class LogsController {
    private static final String SECURITY_GROUP = "security_group";

    private final Transactions transactions;
    private final FirewallLogs logs;
    private final FirewallLogStore store;
    private final Listings listings;
    private final Ids ids;

    LogsController(Transactions transactions, FirewallLogs logs, FirewallLogStore store, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.logs = logs;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:log:list")
    @GetMapping("/loggable-resources")
    Map<String, Object> loggable() {
        return Map.of("loggable_resources", List.of(Map.of("type", SECURITY_GROUP)));
    }

    @Allow("network:log:list")
    @GetMapping("/logs")
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "logs", store.listing, LogsController::view));
    }

    @Allow("network:log:show")
    @GetMapping("/logs/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        FirewallLog log = transactions.asCaller(caller, db -> logs.get(db, id(id)));
        return Listings.one(request, "log", view(log));
    }

    @Allow("network:log:create")
    @PostMapping("/logs")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "log", caller);
        String type = in.requiredText("resource_type", 255);
        if (!type.equals(SECURITY_GROUP)) {
            throw Refusals.invalid("InvalidLogResourceType", "Invalid log resource_type: " + type + ".");
        }
        FirewallLog wanted = new FirewallLog(
                ids.next(),
                in.project(),
                in.name(""),
                in.description(""),
                in.flag("enabled", true),
                Objects.requireNonNullElse(
                        in.word("event", Set.of(FirewallLog.ACCEPT, FirewallLog.DROP, FirewallLog.ALL), null),
                        FirewallLog.ALL),
                in.uuid("resource_id", null),
                in.uuid("target_id", null),
                Stamp.NEW);
        in.finish();
        return Map.of("log", view(transactions.asCaller(caller, db -> logs.create(db, caller, wanted))));
    }

    @Allow("network:log:update")
    @PutMapping("/logs/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.of(body, "log", caller);
        FirewallLog log = transactions.asCaller(
                caller,
                db -> logs.update(db, caller, id(id), before -> {
                    FirewallLog after = new FirewallLog(
                            before.id(),
                            before.project(),
                            in.name(before.name()),
                            in.description(before.description()),
                            in.flag("enabled", before.enabled()),
                            before.event(),
                            before.groupId(),
                            before.portId(),
                            before.stamp());
                    in.finish();
                    return after;
                }));
        return Map.of("log", view(log));
    }

    @Allow("network:log:delete")
    @DeleteMapping("/logs/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> logs.delete(db, caller, id(id)));
    }

    private static Map<String, Object> view(FirewallLog log) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", log.id());
        body.put("name", log.name());
        body.put("tenant_id", log.project());
        body.put("description", log.description());
        body.put("enabled", log.enabled());
        body.put("event", log.event());
        body.put("resource_type", SECURITY_GROUP);
        body.put("resource_id", log.groupId());
        body.put("target_id", log.portId());
        Bodies.stamp(body, log.stamp(), log.project());
        return body;
    }

    private static UUID id(String text) {
        return Paths.id("Log resource", text);
    }
}
