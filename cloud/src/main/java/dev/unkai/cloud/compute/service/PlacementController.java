package dev.unkai.cloud.compute.service;

import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.placement.Decision;
import dev.unkai.cloud.placement.Decisions;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why a server is where it is, or nowhere; for the provider's people, since it tells about hosts. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/servers/{server}/placement")
class PlacementController {
    private final Transactions transactions;
    private final Decisions decisions;

    PlacementController(Transactions transactions, Decisions decisions) {
        this.transactions = transactions;
        this.decisions = decisions;
    }

    record Searches(List<Decision> searches) {}

    /** The newest searches for a host, newest first; also of a server that is gone. */
    @GetMapping
    @Allow("compute:host:show")
    Searches list(Caller caller, @PathVariable UUID server) {
        return new Searches(transactions.asCaller(caller, db -> decisions.of(db, server)));
    }
}
