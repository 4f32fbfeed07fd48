package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Hosts that have not reported for 15 s → unknown. They are not surely off, so nothing of theirs starts elsewhere. */
@Component
class SilentHosts implements Reconciler {
    /** So many guests are called unknown in one transaction; between them it is looked again which hosts are silent. */
    private static final int AT_ONCE = 100;

    private final Attachments attachments;
    private final Reports reports;
    private final Clock clock;
    private final Duration silence;
    private final Instant started;

    SilentHosts(
            Attachments attachments,
            Reports reports,
            Clock clock,
            @Value("${unkai.hosts.silence:15s}") Duration silence) {
        this.attachments = attachments;
        this.reports = reports;
        this.clock = clock;
        this.silence = silence;
        this.started = clock.instant();
    }

    @Override
    public String name() {
        return "silent hosts";
    }

    @Override
    public String channel() {
        return "silent_host";
    }

    @Override
    public Duration period() {
        return silence.dividedBy(5);
    }

    @Override
    public boolean step() {
        // While no process of ours ran, hosts had nobody to report to: they get the same time to come back.
        if (clock.instant().isBefore(started.plus(silence))) {
            return false;
        }
        boolean lost = attachments.loseSilent(silence);
        List<UUID> unseen = reports.unseen(AT_ONCE);
        reports.lose(unseen);
        return lost || unseen.size() == AT_ONCE;
    }
}
