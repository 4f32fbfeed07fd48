package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Hosts that have not reported for 15 s → unknown. They are not surely off, so nothing of theirs starts elsewhere. */
@Component
class SilentHosts implements Reconciler {
    private static final int SILENCE_SECONDS = 15;

    private final Attachments attachments;

    SilentHosts(Attachments attachments) {
        this.attachments = attachments;
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
        return attachments.loseSilent(SILENCE_SECONDS);
    }
}
