package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.hosts.Maintenance;
import dev.unkai.cloud.hosts.Maintenance.Guests;
import dev.unkai.cloud.hosts.Removal;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /os-services}: each host's agent; a disabled one is a host in maintenance. By host and binary until 2.52, by UUID
 * since.
 */
@RestController
@RequestMapping("/compute/v2.1/os-services")
class ServicesController {
    static final String BINARY = "nova-compute"; // the name by which clients know a host's agent

    private final HostViews hosts;
    private final Maintenance maintenance;
    private final Removal removal;

    ServicesController(HostViews hosts, Maintenance maintenance, Removal removal) {
        this.hosts = hosts;
        this.maintenance = maintenance;
        this.removal = removal;
    }

    @GetMapping
    @Allow("compute:host:show")
    Shape services(Caller caller, Microversion version, HttpServletRequest request) {
        Query query = Query.of(request, version, "host", "binary");
        String host = query.text("host");
        String binary = query.text("binary");
        List<Shape> services = HypervisorsController.numbered(hosts.list(caller)).stream()
                .filter(one ->
                        host == null || host.isEmpty() || one.host().name().equals(host))
                .filter(one -> binary == null || binary.isEmpty() || binary.equals(BINARY))
                .map(one -> service(one, version))
                .toList();
        return Shape.of("services", services);
    }

    @PutMapping("/enable")
    @Allow("compute:service:manage")
    Shape enable(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        return set(caller, version, body, "enabled", false);
    }

    @PutMapping("/disable")
    @Allow("compute:service:manage")
    Shape disable(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        return set(caller, version, body, "disabled", false);
    }

    @PutMapping("/disable-log-reason")
    @Allow("compute:service:manage")
    Shape disableWithReason(
            Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        return set(caller, version, body, "disabled", true);
    }

    @PutMapping("/force-down")
    @Allow("compute:service:manage")
    Shape forceDown(Caller caller, Microversion version) {
        Since.first(version, 11);
        Since.last(version, 52);
        throw forcing();
    }

    private Shape set(Caller caller, Microversion version, @Nullable JsonNode body, String status, boolean reasoned) {
        Since.last(version, 52);
        Fields fields = Fields.of(body);
        String name = fields.text("host", Text.NAME);
        String binary = fields.text("binary", Text.NAME);
        String reason = reasoned
                ? fields.text("disabled_reason", Text.NAME)
                : fields.optionalText("disabled_reason", Text.NAME);
        if (version.atLeast(11)) {
            fields.bool("forced_down", false); // all of these calls have one form of body in the reference
        }
        fields.end();
        UUID host = hosts.list(caller).stream()
                .filter(each -> each.name().equals(name) && binary.equals(BINARY))
                .map(Hosts.Host::id)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Could not find binary " + binary + " on host " + name + "."));
        change(caller, host, status, reasoned ? reason : null);
        return Shape.of(
                "service",
                new Shape()
                        .with("host", name)
                        .with("binary", binary)
                        .with("status", status)
                        .when(reasoned, "disabled_reason", reason));
    }

    @PutMapping("/{id}")
    @Allow("compute:service:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.first(version, 53);
        if (!Text.isUuid(id)) {
            throw Refusal.invalid("Invalid uuid " + id.substring(0, Math.min(60, id.length())));
        }
        Fields fields = Fields.of(body);
        String status = fields.oneOf("status", "enabled", "disabled");
        String reason = fields.optionalText("disabled_reason", Text.NAME);
        boolean forcing = fields.has("forced_down");
        fields.bool("forced_down", false);
        fields.end();
        if (status == null && !forcing) {
            throw Refusal.invalid("No updates were requested. Fields 'status' or 'forced_down' should be specified.");
        }
        if (reason != null && !"disabled".equals(status)) {
            throw Refusal.invalid("Specifying 'disabled_reason' requires that status is 'disabled'.");
        }
        find(caller, id);
        if (forcing) {
            throw forcing();
        }
        change(caller, UUID.fromString(id), String.valueOf(status), reason);
        return Shape.of("service", service(find(caller, id), version));
    }

    /** An empty host leaves for good; its aggregates forget it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:service:manage")
    void delete(Caller caller, Microversion version, @PathVariable String id) {
        if (version.atLeast(53) && !Text.isUuid(id)) {
            throw Refusal.invalid("Invalid uuid " + id.substring(0, Math.min(60, id.length())));
        }
        if (version.before(53) && !id.matches("[0-9]{1,9}")) {
            throw Refusal.invalid("Invalid input for field/attribute id: it must be a number.");
        }
        Hosts.Host host = HypervisorsController.numbered(hosts.list(caller)).stream()
                .filter(one ->
                        id.equals(version.atLeast(53) ? one.host().id().toString() : String.valueOf(one.number())))
                .map(HypervisorsController.Numbered::host)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Service " + id + " not found."));
        removal.remove(caller, host.id());
    }

    /** That a host is surely off is to be known before its guests may start elsewhere; a word alone does not make it so. */
    private static Refusal forcing() {
        return Since.unsupported("forcing a service down");
    }

    private void change(Caller caller, UUID host, String status, @Nullable String reason) {
        if (status.equals("enabled")) {
            maintenance.end(caller, host);
        } else {
            maintenance.begin(caller, host, reason == null ? "" : reason, Guests.AS_BEFORE);
        }
    }

    private HypervisorsController.Numbered find(Caller caller, String id) {
        return HypervisorsController.numbered(hosts.list(caller)).stream()
                .filter(one -> one.host().id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Service " + id + " not found."));
    }

    private static Shape service(HypervisorsController.Numbered one, Microversion version) {
        Hosts.Host host = one.host();
        String reason = host.maintenanceReason();
        return new Shape()
                .with("id", version.atLeast(53) ? host.id() : one.number())
                .with("binary", BINARY)
                .with("host", host.name())
                .with("zone", host.zone())
                .with("status", reason == null ? "enabled" : "disabled")
                .with("state", HypervisorsController.isUp(host) ? "up" : "down")
                .with("updated_at", Times.micros(host.lastSeen()))
                .with("disabled_reason", reason == null || reason.isEmpty() ? null : reason)
                .when(version.atLeast(11), "forced_down", false);
    }
}
