package dev.unkai.cloud.hosts.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Needed;
import dev.unkai.cloud.hosts.Dedication;
import dev.unkai.cloud.hosts.Drains;
import dev.unkai.cloud.hosts.Drains.Drain;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.hosts.Maintenance;
import dev.unkai.cloud.hosts.Maintenance.Guests;
import dev.unkai.cloud.hosts.Removal;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
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

/** The hosts: an operator sees all of them, a customer those dedicated to it. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/hosts")
class HostsController {
    private static final int LONGEST_REASON = 255;

    private final Transactions transactions;
    private final Hosts hosts;
    private final Removal removal;
    private final Maintenance maintenance;
    private final Drains drains;
    private final Dedication dedication;

    HostsController(
            Transactions transactions,
            Hosts hosts,
            Removal removal,
            Maintenance maintenance,
            Drains drains,
            Dedication dedication) {
        this.transactions = transactions;
        this.hosts = hosts;
        this.removal = removal;
        this.maintenance = maintenance;
        this.drains = drains;
        this.dedication = dedication;
    }

    /** All hosts that the caller may see, by name. */
    record Listing(List<HostView> hosts) {}

    /** The hosts, by name. */
    @GetMapping
    @Allow("hosts:host:list")
    Listing list(Caller caller) {
        return new Listing(views(caller));
    }

    /** Who may not see drains is told of none. */
    private List<HostView> views(Caller caller) {
        return transactions.asCaller(caller, db -> {
            Map<UUID, Drain> open = drains.open(db);
            return hosts.list(db).stream()
                    .map(host -> HostView.of(host, open.get(host.id()), caller.isAdmin()))
                    .toList();
        });
    }

    /** One host. */
    @GetMapping("/{id}")
    @Allow("hosts:host:show")
    HostView show(Caller caller, @PathVariable UUID id) {
        return views(caller).stream()
                .filter(host -> host.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no such host."));
    }

    /**
     * Why the host is to take no new guests; up to 255 characters, may be empty.
     *
     * @param drain whether those that it has are to go to other hosts; absent: no
     */
    record MaintenanceBody(
            @Nullable String reason, @Nullable Boolean drain) {}

    /** From now on no guest is placed on it; those that it has go on, there or, with {@code drain}, at other hosts. */
    @PutMapping("/{id}/maintenance")
    @Allow("hosts:host:manage")
    HostView beginMaintenance(Caller caller, @PathVariable UUID id, @RequestBody MaintenanceBody body) {
        String reason = body.reason() == null ? "" : body.reason().strip();
        if (reason.length() > LONGEST_REASON) {
            throw Refusal.invalid("\"reason\" has at most " + LONGEST_REASON + " characters.");
        }
        maintenance.begin(caller, id, reason, Boolean.TRUE.equals(body.drain()) ? Guests.LEAVE : Guests.STAY);
        return show(caller, id);
    }

    /** The host takes guests again. A drain under way ends. */
    @DeleteMapping("/{id}/maintenance")
    @Allow("hosts:host:manage")
    HostView endMaintenance(Caller caller, @PathVariable UUID id) {
        maintenance.end(caller, id);
        return show(caller, id);
    }

    /** The id of the project that the host is to be dedicated to. */
    record OwnerBody(@Needed @Nullable String project) {}

    /** Only an empty host changes hands. */
    @PutMapping("/{id}/owner")
    @Allow("hosts:host:manage")
    HostView dedicate(Caller caller, @PathVariable UUID id, @RequestBody OwnerBody body) {
        String project = body.project();
        if (project == null || !project.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Refusal.invalid("\"project\" has to be the id of a project.");
        }
        dedication.set(caller, id, project);
        return show(caller, id);
    }

    /** The host is everybody's again. Only an empty host changes hands. */
    @DeleteMapping("/{id}/owner")
    @Allow("hosts:host:manage")
    HostView undedicate(Caller caller, @PathVariable UUID id) {
        dedication.set(caller, id, null);
        return show(caller, id);
    }

    /** An empty host leaves for good; a new token lets its machine join again. */
    @DeleteMapping("/{id}")
    @Allow("hosts:host:remove")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable UUID id) {
        removal.remove(caller, id);
    }
}
