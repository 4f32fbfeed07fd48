package dev.unkai.cloud.compute.service;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.cloud.compute.ServerDeletion;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether a server may be deleted; a lock is for all changes, this is for that one. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/servers/{server}/protection")
class ProtectionController {
    private final ServerDeletion deletion;

    ProtectionController(ServerDeletion deletion) {
        this.deletion = deletion;
    }

    /** @param deleteProtection whether deletion is refused */
    record Protection(boolean deleteProtection) {}

    /** As sent. */
    record Wanted(@Needed @Nullable Boolean deleteProtection) {}

    /** Whether deletion of the server is refused. */
    @GetMapping
    @Allow("compute:server:show")
    Protection show(Caller caller, @PathVariable UUID server) {
        return new Protection(deletion.isProtected(caller, server));
    }

    /** Protects it from deletion, or does so no longer. */
    @PutMapping
    @Allow("compute:server:update")
    Protection change(
            Caller caller, @PathVariable UUID server, @RequestBody(required = false) @Nullable Wanted wanted) {
        if (wanted == null || wanted.deleteProtection() == null) {
            throw Refusal.invalid("\"deleteProtection\" is true or false.");
        }
        deletion.protect(caller, server, wanted.deleteProtection());
        return new Protection(wanted.deleteProtection());
    }
}
