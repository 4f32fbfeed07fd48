package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.InstanceAction;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /servers/{id}/os-instance-actions}: what was asked of a server and how it went. */
@RestController
@RequestMapping("/compute/v2.1/servers/{server}/os-instance-actions")
class InstanceActionsController {
    private final Transactions transactions;
    private final Servers servers;
    private final InstanceActions actions;
    private final Links links;

    InstanceActionsController(Transactions transactions, Servers servers, InstanceActions actions, Links links) {
        this.transactions = transactions;
        this.servers = servers;
        this.actions = actions;
        this.links = links;
    }

    @GetMapping
    @Allow("compute:server:show")
    Shape list(Caller caller, Microversion version, @PathVariable String server, HttpServletRequest request) {
        boolean paged = version.atLeast(58);
        Query query = Query.strictFrom(
                58,
                request,
                version,
                version.atLeast(66)
                        ? new String[] {"limit", "marker", "changes-since", "changes-before"}
                        : new String[] {"limit", "marker", "changes-since"});
        if (paged) {
            query.once("limit", "marker", "changes-since", "changes-before");
        }
        InstanceActions.Range range = paged ? range(query, version) : InstanceActions.Range.ALL;
        Server found = find(caller, version, server);
        List<InstanceAction> list = transactions.asCaller(caller, db -> {
            if (range.marker() != null
                    && actions.find(db, found.id(), range.marker()).isEmpty()) {
                throw Refusal.invalid("Marker " + range.marker() + " could not be found.");
            }
            return actions.list(db, found.id(), range);
        });
        Shape page = Shape.of(
                "instanceActions",
                list.stream().map(action -> shape(action, version)).toList());
        if (paged && query.isFull(list.size())) {
            String path = "servers/" + found.id() + "/os-instance-actions";
            page.with("links", links.next(path, query, list.getLast().requestId()));
        }
        return page;
    }

    private static InstanceActions.Range range(Query query, Microversion version) {
        Instant since = time(query, "changes-since");
        Instant before = version.atLeast(66) ? time(query, "changes-before") : null;
        if (since != null && before != null && before.isBefore(since)) {
            throw Refusal.invalid("The value of changes-since must be less than or equal to changes-before.");
        }
        return new InstanceActions.Range(since, before, query.text("marker"), query.limit());
    }

    private static @Nullable Instant time(Query query, String name) {
        String text = query.text(name);
        return text == null ? null : Times.parse(name, text);
    }

    @GetMapping("/{action}")
    @Allow("compute:server:show")
    Shape show(Caller caller, Microversion version, @PathVariable String server, @PathVariable String action) {
        Server found = find(caller, version, server);
        return transactions.asCaller(caller, db -> {
            InstanceAction one = actions.find(db, found.id(), action)
                    .orElseThrow(() -> Refusal.notFound("Action " + action + " not found"));
            Shape shape = shape(one, version);
            if (caller.isAdmin() || version.atLeast(51)) {
                shape.with(
                        "events",
                        actions.events(db, one.id()).stream()
                                .map(event -> shape(event, found.projectId(), version, caller.isAdmin()))
                                .toList());
            }
            return Shape.of("instanceAction", shape);
        });
    }

    /** Since 2.21 also of a deleted server. */
    private Server find(Caller caller, Microversion version, String server) {
        return version.atLeast(21)
                ? servers.findEvenGone(caller, ServerIds.parse(server))
                : servers.find(caller, ServerIds.parse(server));
    }

    private static Shape shape(InstanceAction action, Microversion version) {
        return new Shape()
                .with("action", action.action())
                .with("instance_uuid", action.serverId())
                .with("request_id", action.requestId())
                .with("user_id", action.userId())
                .with("project_id", action.projectId())
                .with("start_time", Times.micros(action.startedAt()))
                .with("message", action.message())
                .when(version.atLeast(58), "updated_at", Times.micros(action.updatedAt()));
    }

    /** There is no traceback to show: users get sentences, operators the log under the request id. */
    private static Shape shape(InstanceAction.Event event, String project, Microversion version, boolean provider) {
        return new Shape()
                .with("event", event.event())
                .with("start_time", Times.micros(event.startedAt()))
                .with("finish_time", Times.microsOrNull(event.finishedAt()))
                .with("result", event.result())
                .when(provider, "traceback", null)
                .when(provider && version.atLeast(62), "host", event.hostName() == null ? "" : event.hostName())
                .when(version.atLeast(62), "hostId", ServerView.hostId(project, event.hostName()))
                .when(version.atLeast(84), "details", event.details());
    }
}
