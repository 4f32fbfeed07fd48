package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Hosts that have not reported for 15 s → unknown. They are not surely off, so nothing of theirs starts elsewhere. */
@Component
class SilentHosts implements Reconciler {
    private static final int SILENCE_SECONDS = 15;

    private final Attachments attachments;
    private final Reports reports;

    SilentHosts(Attachments attachments, Reports reports) {
        this.attachments = attachments;
        this.reports = reports;
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
        return Duration.ofSeconds(3);
    }

    @Override
    public boolean step() {
        boolean lost = attachments.loseSilent(SILENCE_SECONDS);
        reports.unseen().forEach(reports::lose);
        return lost;
    }
}
