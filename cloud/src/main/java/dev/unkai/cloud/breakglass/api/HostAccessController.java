package dev.unkai.cloud.breakglass.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.breakglass.HostLogIns;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Who may reach into a host just now, and who has logged in on its machine. */
@RestController
@ServiceApi
class HostAccessController {
    private final HostLogIns logIns;

    HostAccessController(HostLogIns logIns) {
        this.logIns = logIns;
    }

    /**
     * @param grants accesses that run
     * @param logIns the last hundred, newest first
     */
    record AccessView(List<BreakGlassController.CaseView> grants, List<LogInView> logIns) {}

    /** The accesses to the host that run, and the last log-ins on its machine. */
    @Allow("operation:break-glass:list")
    @GetMapping("/service/v1/hosts/{id}/access")
    AccessView show(Caller caller, @PathVariable UUID id) {
        HostLogIns.Access access = logIns.of(caller, id);
        return new AccessView(
                access.grants().stream().map(BreakGlassController.CaseView::of).toList(),
                access.logIns().stream().map(LogInView::of).toList());
    }
}
