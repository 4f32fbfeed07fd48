package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerChanges;
import dev.unkai.wire.token.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /servers/{id}/action}: one object whose only name says what is to be done. */
@RestController
class ServerActionsController {
    private final ServerChanges changes;
    private final DiskActions disks;
    private final ConsoleActions consoles;
    private final AddressActions addresses;
    private final Map<String, ActionFamily.Action> families = new HashMap<>();

    ServerActionsController(
            ServerChanges changes,
            DiskActions disks,
            ConsoleActions consoles,
            AddressActions addresses,
            List<ActionFamily> actions) {
        this.changes = changes;
        this.disks = disks;
        this.consoles = consoles;
        this.addresses = addresses;
        actions.forEach(family -> families.putAll(family.actions()));
    }

    @PostMapping("/compute/v2.1/servers/{server}/action")
    @Allow("compute:server:act")
    ResponseEntity<Object> act(
            Caller caller,
            Microversion version,
            @PathVariable String server,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Fields action = Fields.of(body);
        Set<String> names = action.names();
        if (names.size() != 1) {
            throw Refusal.invalid("There must be exactly one action in the body, such as {\"os-stop\": null}.");
        }
        String name = names.iterator().next();
        UUID id = ServerIds.parse(server);
        if (disks.knows(name)) {
            return disks.act(caller, version, id, name, action);
        }
        Object answer = act(caller, version, id, name, action);
        return answer == null ? ResponseEntity.status(HttpStatus.ACCEPTED).build() : ResponseEntity.ok(answer);
    }

    private @Nullable Object act(Caller caller, Microversion version, UUID id, String name, Fields action) {
        switch (name) {
            case "os-start" -> changes.start(caller, id);
            case "os-stop" -> changes.stop(caller, id);
            case "reboot" -> changes.reboot(caller, id, rebootKind(action));
            case "lock" -> changes.lock(caller, id, lockReason(action, version));
            case "unlock" -> changes.unlock(caller, id);
            case "addSecurityGroup" -> changes.addSecurityGroup(caller, id, groupName(action, name));
            case "removeSecurityGroup" -> changes.removeSecurityGroup(caller, id, groupName(action, name));
            case "addFloatingIp" -> {
                Since.lastAction(version, AddressActions.LAST, name);
                addresses.addFloatingIp(caller, id, action.object(name));
            }
            case "removeFloatingIp" -> {
                Since.lastAction(version, AddressActions.LAST, name);
                addresses.removeFloatingIp(caller, id, action.object(name));
            }
            case "addFixedIp" -> {
                Since.lastAction(version, AddressActions.LAST, name);
                addresses.addFixedIp(caller, id, action.object(name));
            }
            case "removeFixedIp" -> {
                Since.lastAction(version, AddressActions.LAST, name);
                addresses.removeFixedIp(caller, id, action.object(name));
            }
            case "os-getConsoleOutput" -> {
                return consoles.output(caller, id, action.object(name));
            }
            case "os-getVNCConsole", "os-getSerialConsole", "os-getSPICEConsole", "os-getRDPConsole" -> {
                Since.last(version, 5);
                return consoles.open(caller, id, name, action.object(name));
            }
            default -> {
                ActionFamily.Action one = families.get(name);
                if (one == null) {
                    throw Refusal.invalid("There is no such action: " + name.substring(0, Math.min(60, name.length())));
                }
                return one.act(new ActionFamily.ActionRequest(caller, version, id, name, action));
            }
        }
        return null;
    }

    private static Server.RebootKind rebootKind(Fields action) {
        Fields reboot = action.object("reboot");
        String type = reboot.oneOf("type", "HARD", "Hard", "hard", "SOFT", "Soft", "soft");
        if (type == null) {
            throw reboot.missing("type");
        }
        reboot.end();
        return Server.RebootKind.valueOf(type.toUpperCase(Locale.ROOT));
    }

    private static @Nullable String lockReason(Fields action, Microversion version) {
        if (version.before(73) || action.isNull("lock")) {
            return null;
        }
        Fields lock = action.object("lock");
        String reason = lock.optionalText("locked_reason", Text.META_VALUE);
        lock.end();
        if (reason != null && reason.isEmpty()) {
            throw Refusal.invalid("Invalid input for field/attribute lock.locked_reason: it must not be empty.");
        }
        return reason;
    }

    private static String groupName(Fields action, String name) {
        Fields group = action.object(name);
        String text = group.text("name", Text.NAME);
        group.end();
        return text;
    }
}
