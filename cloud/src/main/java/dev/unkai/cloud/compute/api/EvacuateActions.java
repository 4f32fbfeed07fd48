package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.hosts.Hosts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code evacuate}: a server of a dead host is to begin anew on another. A guest must never run twice, and a host that is
 * silent may only be cut off: until a host's death can be confirmed, there is none from which this may be done. What the
 * reference refuses is refused in its words.
 */
@Component
class EvacuateActions implements ActionFamily {
    private static final int WITHOUT_STORAGE = 14;
    private static final int FORCE_FROM = 29;
    private static final int FORCE_UNTIL = 67;

    private final Servers servers;
    private final HostViews hosts;

    EvacuateActions(Servers servers, HostViews hosts) {
        this.servers = servers;
        this.hosts = hosts;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("evacuate", this::evacuate);
    }

    private @Nullable Object evacuate(ActionRequest request) {
        String target = read(request.arguments(), request.version());
        Server server = servers.find(request.caller(), request.server());
        if (!request.caller().isAdmin()) {
            throw ComputeErrors.adminOnly("evacuate servers");
        }
        List<Hosts.Host> known = hosts.list(request.caller());
        if (target != null && known.stream().noneMatch(host -> host.name().equals(target))) {
            throw Refusal.notFound("Compute host " + target + " not found.");
        }
        String name = server.observed().hostName();
        if (name == null) {
            throw Refusal.conflict("Cannot 'evacuate' instance " + server.id() + ": it is on no host.");
        }
        if (name.equals(target)) {
            throw Refusal.invalid("The target host can't be the same one.");
        }
        if (known.stream().anyMatch(host -> host.name().equals(name) && HypervisorsController.isUp(host))) {
            throw Refusal.invalid("Compute service of " + name + " is still in use.");
        }
        throw Refusal.conflict("Cannot 'evacuate' instance " + server.id() + " while host " + name
                + " is not known to be off: it does not answer, but may be cut off only, with its guests running. Bring"
                + " the host back, and they go on or begin there.");
    }

    /** The host that is named as the target, or null. */
    private static @Nullable String read(Fields fields, Microversion version) {
        String host = fields.optionalText("host", Text.HOST);
        if (version.before(WITHOUT_STORAGE)) {
            if (!fields.has("onSharedStorage")) {
                throw fields.missing("onSharedStorage");
            }
            boolean shared = fields.bool("onSharedStorage", false);
            if (shared && fields.has("adminPass")) {
                throw Refusal.invalid("admin password can't be changed on existing disk");
            }
        }
        fields.optionalText("adminPass", Text.META_VALUE);
        if (version.atLeast(FORCE_FROM) && version.before(FORCE_UNTIL + 1)) {
            boolean force = fields.bool("force", false);
            if (force && host == null) {
                throw Refusal.invalid("Can't force to a non-provided destination");
            }
        }
        fields.end();
        return host;
    }
}
