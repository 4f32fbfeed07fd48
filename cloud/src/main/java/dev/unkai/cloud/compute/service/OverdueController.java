package dev.unkai.cloud.compute.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.OverdueStore;
import dev.unkai.cloud.compute.store.OverdueStore.OverdueServer;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What misses its deadline, for the provider: the alarm was told once, and here it stands until it is over. */
@RestController
@ServiceApi
class OverdueController {
    /** More than anybody reads; then something larger is wrong. */
    private static final int MOST = 200;

    private final Transactions transactions;
    private final OverdueStore overdue;

    OverdueController(Transactions transactions, OverdueStore overdue) {
        this.transactions = transactions;
        this.overdue = overdue;
    }

    /** @param servers the longest late first, no more than 200 */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Overdue(List<OverdueServer> servers) {}

    /** Servers that are not yet what they should be by now. */
    @Allow("operation:overdue:list")
    @GetMapping("/service/v1/overdue-work")
    Overdue list(Caller caller) {
        return new Overdue(transactions.asCaller(caller, db -> overdue.list(db, MOST)));
    }
}
