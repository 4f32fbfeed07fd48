package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Hosts that have not reported for 15 s → unknown. They are not surely off, so nothing of theirs starts elsewhere. */
@Component
class SilentHosts implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SilentHosts.class);
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
        return lose(reports.unseen(AT_ONCE)) == AT_ONCE || lost;
    }

    /** How many of them are called unknown now. One guest's trouble is not that of the others. */
    private int lose(List<UUID> guests) {
        try {
            reports.lose(guests);
            return guests.size();
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            throw e; // the database's trouble, and no guest's
        } catch (RuntimeException e) {
            if (guests.size() > 1) {
                return guests.stream().mapToInt(guest -> lose(List.of(guest))).sum();
            }
            log.warn("Guest {} of a silent host could not be called unknown; it is tried again", guests, e);
            return 0;
        }
    }
}
