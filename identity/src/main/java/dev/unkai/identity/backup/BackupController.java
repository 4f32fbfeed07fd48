package dev.unkai.identity.backup;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tells the edge, which asks for an operator, how the database is backed up, and is told by it which evidence holds keep the backups. */
@RestController
public final class BackupController {
    private static final int MOST = 1_000;

    private final BackupState state;
    private final Transactions transactions;

    public BackupController(BackupState state, Transactions transactions) {
        this.state = state;
        this.transactions = transactions;
    }

    /** @param holds ids of all holds on backups that are in force */
    record Holds(@Nullable List<UUID> holds) {}

    /** While there is one, no backup is deleted. */
    @Allow(value = Allow.PEERS, peers = "cloud")
    @PutMapping("/identity/internal/v1/backups/holds")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hold(@RequestBody Holds body) {
        List<UUID> holds = body.holds();
        if (holds == null || holds.size() > MOST) {
            throw Refusal.invalid("\"holds\" is a list of at most " + MOST + " ids.");
        }
        transactions.doAsSystem(db -> BackupHolds.replace(db, holds));
    }

    @Allow(value = Allow.PEERS, peers = "cloud")
    @GetMapping("/identity/internal/v1/backups")
    BackupState.View list() {
        try {
            return state.view();
        } catch (IOException e) {
            throw Refusal.unavailable("The directory of the backups cannot be read: " + e.getMessage());
        }
    }
}
