package dev.unkai.cloud.network.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.domain.SecurityGroups;
import dev.unkai.cloud.network.store.SecurityGroup;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
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

/** Network API v2.0: security groups. */
@RestController
@RequestMapping("/network/v2.0/security-groups")
final class SecurityGroupsController {
    private static final SecurityGroup BLANK =
            new SecurityGroup(new UUID(0, 0), "", "", "", true, false, false, List.of(), List.of(), Stamp.NEW);

    private final RequestTransactions transactions;
    private final SecurityGroups groups;
    private final SecurityGroupStore store;
    private final Listings listings;

    SecurityGroupsController(
            RequestTransactions transactions, SecurityGroups groups, SecurityGroupStore store, Listings listings) {
        this.transactions = transactions;
        this.groups = groups;
        this.store = store;
        this.listings = listings;
    }

    /** The project's default group is made by the first look at the list, so that everybody finds it there. */
    @Allow("network:security-group:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(caller, db -> {
            if (!caller.looksOnly()) {
                groups.ensureDefault(db, caller.project());
            }
            return listings.page(db, request, "security-groups", store.listing, SecurityGroupView::of);
        });
    }

    @Allow("network:security-group:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        SecurityGroup group = transactions.asCaller(caller, db -> groups.get(db, id(id)));
        return Listings.one(request, "security_group", SecurityGroupView.of(group));
    }

    @Allow("network:security-group:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "security_group",
                        "security_groups",
                        caller,
                        in -> SecurityGroupView.of(create(db, caller, in))));
    }

    private SecurityGroup create(Db db, Caller caller, Attributes in) {
        String project = in.project();
        String name = in.name("");
        String description = in.description("");
        boolean stateful = in.flag("stateful", true);
        in.finish();
        return groups.create(db, caller, project, name, description, stateful);
    }

    @Allow("network:security-group:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "security_group", caller);
        SecurityGroup group = Bodies.change(
                () -> transactions.asCaller(
                        caller, db -> groups.update(db, caller, id(id), present -> patch(in, present))),
                () -> patch(in, BLANK));
        return Map.of("security_group", SecurityGroupView.of(group));
    }

    @Allow("network:security-group:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> groups.delete(db, caller, id(id)));
    }

    private static SecurityGroup patch(Attributes in, SecurityGroup present) {
        SecurityGroup patched = new SecurityGroup(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                in.flag("stateful", present.stateful()),
                present.isDefault(),
                present.shared(),
                present.rules(),
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static UUID id(String text) {
        return Paths.id("Security group", text);
    }
}
