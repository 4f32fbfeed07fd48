package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.ServerResetting;
import dev.unkai.cloud.compute.Servers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Actions for the provider only, and those of the reference that came to an end. */
@Component
class ProviderActions implements ActionFamily {
    private static final int CRASH_DUMPS = 17;

    private final ServerResetting resetting;
    private final Servers servers;

    ProviderActions(ServerResetting resetting, Servers servers) {
        this.resetting = resetting;
        this.servers = servers;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "os-resetState", this::resetState,
                "resetNetwork",
                        request -> {
                            throw RemovedController.gone();
                        },
                "injectNetworkInfo", this::injectNetworkInfo,
                "trigger_crash_dump", this::crashDump);
    }

    private @Nullable Object resetState(ActionRequest request) {
        Fields fields = request.arguments();
        String state = fields.oneOf("state", "active", "error");
        if (state == null) {
            throw fields.missing("state");
        }
        fields.end();
        servers.find(request.caller(), request.server());
        if (!request.caller().isAdmin()) {
            throw ComputeErrors.adminOnly("reset the state of servers");
        }
        if (state.equals("active")) {
            resetting.active(request.caller(), request.server());
        } else {
            resetting.error(request.caller(), request.server());
        }
        return null;
    }

    /** Accepted and without effect, as by the reference's libvirt driver: guests learn of their network by DHCP. */
    private @Nullable Object injectNetworkInfo(ActionRequest request) {
        servers.find(request.caller(), request.server());
        if (!request.caller().isAdmin()) {
            throw ComputeErrors.adminOnly("inject network information");
        }
        return null;
    }

    /** As the reference where the hypervisor offers no way to interrupt a guest. */
    private @Nullable Object crashDump(ActionRequest request) {
        Since.first(request.version(), CRASH_DUMPS);
        servers.find(request.caller(), request.server());
        throw Refusal.invalid("Triggering crash dump is not supported");
    }
}
