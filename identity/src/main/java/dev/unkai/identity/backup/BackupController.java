package dev.unkai.identity.backup;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the edge, which asks for an operator, how the database is backed up. */
@RestController
public final class BackupController {
    private final BackupState state;

    public BackupController(BackupState state) {
        this.state = state;
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
