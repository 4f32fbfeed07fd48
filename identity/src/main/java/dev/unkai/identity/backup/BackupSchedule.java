package dev.unkai.identity.backup;

import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.identity.backup.BackupRuns.By;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a backup when the newest good one is old enough; after a failure it tries again, and says so, until there is one. */
public final class BackupSchedule implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);
    private static final Duration RETRY = Duration.ofMinutes(10);
    private static final Duration WARNED_EVERY = Duration.ofHours(1);

    private final BackupMaker maker;
    private final BackupState state;
    private final BackupSettings settings;
    private final Clock clock;
    private final Instant startedAt;
    private Instant warnedAt = Instant.MIN;

    public BackupSchedule(BackupMaker maker, BackupState state, BackupSettings settings, Clock clock) {
        this.maker = maker;
        this.state = state;
        this.settings = settings;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String channel() {
        return "backup";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() throws IOException {
        maker.tidy(settings.kept());
        BackupState.View view = state.view();
        warnIfOverdue(view);
        if (isDue(view)) {
            try {
                maker.make(By.SCHEDULE);
            } catch (IOException e) {
                return false; // recorded and said by the maker
            }
        }
        return false;
    }

    private boolean isDue(BackupState.View view) {
        Instant now = clock.instant();
        Instant newest = view.newestAt();
        if (now.isBefore(startedAt.plus(settings.afterStart()))
                || (newest != null && newest.plus(settings.every()).isAfter(now))) {
            return false;
        }
        BackupState.Failure failure = view.lastFailure();
        return failure == null || failure.at().plus(RETRY).isBefore(now);
    }

    private void warnIfOverdue(BackupState.View view) {
        Instant now = clock.instant();
        Instant newest = view.newestAt();
        if (newest != null
                && newest.plus(settings.every()).plus(BackupState.GRACE).isBefore(now)
                && warnedAt.isBefore(now.minus(WARNED_EVERY))) {
            warnedAt = now;
            log.warn(
                    "The newest good backup of identity's database is of {}, though one is due every {}",
                    newest,
                    settings.every());
        }
    }
}
