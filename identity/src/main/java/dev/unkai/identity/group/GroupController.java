package dev.unkai.identity.group;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.UserFilter;
import dev.unkai.identity.account.UserView;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/groups} and the groups of a user. */
@RestController
@RequestMapping("/identity/v3")
public final class GroupController {
    private static final String[] FIELDS = {"name", "domain_id", "description"};

    private final Groups groups;
    private final Listing listing;

    public GroupController(Groups groups, Listing listing) {
        this.groups = groups;
        this.listing = listing;
    }

    /** A group as the Identity v3 API shows it. */
    record GroupView(
            String id,
            String name,
            @JsonProperty("domain_id") String domainId,
            String description,
            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {}

    @Allow("identity:group:list")
    @GetMapping("/groups")
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "domain_id", required = false) @Nullable String domainId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "groups",
                groups.list(caller, domainId, NameFilter.of(request), page),
                page,
                Group::id,
                this::view,
                request);
    }

    @Allow("identity:group:create")
    @PostMapping("/groups")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, GroupView> create(Caller caller, @RequestBody JsonNode body) {
        Body group = Body.under(body, "group").refuseNull("domain_id");
        return Map.of(
                "group",
                view(groups.create(
                        caller,
                        group.optionalId("domain_id"),
                        group.text("name", 255),
                        group.textOrEmpty("description", 1_000),
                        group.beside(FIELDS))));
    }

    @Allow("identity:group:show")
    @GetMapping("/groups/{id}")
    Map<String, GroupView> show(Caller caller, @PathVariable String id) {
        return Map.of("group", view(groups.show(caller, id)));
    }

    @Allow("identity:group:update")
    @PatchMapping("/groups/{id}")
    Map<String, GroupView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body group = Body.under(body, "group").saysSomething().refuseNull("domain_id");
        group.sameId(id);
        return Map.of("group", view(groups.update(caller, id, now -> {
            String domain = group.optionalId("domain_id");
            if (domain != null && !domain.equals(now.domainId())) {
                throw Refusal.invalid("A group cannot move to another domain.");
            }
            return new Group(
                    id,
                    now.domainId(),
                    group.text("name", 255, now.name()),
                    group.textOrEmpty("description", 1_000, now.description()),
                    now.extra().with(group.beside(FIELDS)));
        })));
    }

    @Allow("identity:group:delete")
    @DeleteMapping("/groups/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        groups.delete(caller, id);
    }

    @Allow("identity:group:show")
    @GetMapping("/groups/{id}/users")
    Map<String, Object> members(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "users",
                groups.members(caller, id, UserFilter.of(request), page),
                page,
                Account::id,
                account -> UserView.of(account, listing),
                request);
    }

    @Allow("identity:group:show")
    @GetMapping("/groups/{id}/users/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void contains(Caller caller, @PathVariable String id, @PathVariable String user) {
        if (!groups.contains(caller, id, user)) {
            throw Refusal.notFound("The user is not in the group.");
        }
    }

    @Allow("identity:group:join")
    @PutMapping("/groups/{id}/users/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(Caller caller, @PathVariable String id, @PathVariable String user) {
        groups.join(caller, id, user);
    }

    @Allow("identity:group:leave")
    @DeleteMapping("/groups/{id}/users/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(Caller caller, @PathVariable String id, @PathVariable String user) {
        groups.leave(caller, id, user);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/users/{id}/groups")
    Map<String, Object> ofAccount(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return listing.<Group>whole(
                "groups", groups.ofAccount(caller, id, NameFilter.of(request)), this::joined, request);
    }

    /** As a member sees it; who is in a group here is it until he leaves. */
    private Map<String, Object> joined(Group group) {
        Map<String, Object> body = new LinkedHashMap<>(group.extra().attributes());
        body.put("id", group.id());
        body.put("name", group.name());
        body.put("domain_id", group.domainId());
        body.put("description", group.description());
        body.put("membership_expires_at", null);
        body.put("links", listing.self("/groups/" + group.id()));
        return body;
    }

    private GroupView view(Group group) {
        return new GroupView(
                group.id(),
                group.name(),
                group.domainId(),
                group.description(),
                listing.self("/groups/" + group.id()),
                group.extra().attributes());
    }
}
