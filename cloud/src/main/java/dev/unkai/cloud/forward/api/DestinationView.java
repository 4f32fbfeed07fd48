package dev.unkai.cloud.forward.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.forward.Destination;
import dev.unkai.cloud.forward.Destination.Progress;
import dev.unkai.cloud.forward.Destination.State;
import dev.unkai.cloud.forward.Way;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.forward.send.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A destination and how far it has come.
 *
 * @param log whose history: a project's id, or provider
 * @param kind syslog or webhook
 * @param formerUntil until when a webhook is signed with its former secret as well
 * @param state active, paused, or gone when the receiver wants no more
 * @param next the place in the history that is sent next
 * @param waiting how many events were not sent when it was last looked at
 * @param parked how many events were too large for the receiver and were left out; they stand in the history
 * @param lastParked the place in the history of the last of these; absent when there is none
 * @param lagSeconds how long the first of them has waited; 0 when none does
 * @param nextTryAt when it is tried again by itself; absent while it works or is paused
 * @param problem why the last try failed; absent while it works
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DestinationView(
        UUID id,
        String log,
        String name,
        @OneOf({"syslog", "webhook"}) String kind,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String serverName,
        @Nullable String address,
        @Nullable String authority,
        @Nullable String clientCertificate,
        Instant createdAt,
        String createdBy,
        @Nullable Instant formerUntil,
        @OneOf(of = State.class) String state,
        long next,
        long waiting,
        long parked,
        @Nullable Long lastParked,
        long lagSeconds,
        @Nullable Instant deliveredAt,
        @Nullable Instant failingSince,
        int tries,
        @Nullable Instant nextTryAt,
        @Nullable ProblemView problem) {

    /**
     * @param reason no-host, closed-address, unreachable, untrusted, other-name, ended, client-refused, handshake, silent, broken-off, status, too-large, gone or
     *     secret
     * @param detail the same in English, with what is particular to it
     */
    record ProblemView(@OneOf(of = Trouble.Reason.class) String reason, String detail) {
        static @Nullable ProblemView of(@Nullable Trouble trouble) {
            return trouble == null ? null : new ProblemView(trouble.reason().wireName(), trouble.detail());
        }
    }

    static DestinationView of(Destination of, Instant now) {
        Way way = of.way();
        Syslog syslog = way instanceof Syslog each ? each : null;
        Webhook webhook = way instanceof Webhook each ? each : null;
        Progress progress = of.progress();
        Instant former = of.formerUntil();
        Instant since = progress.waitingSince();
        boolean failing = progress.trouble() != null;
        return new DestinationView(
                of.id(),
                of.log(),
                of.name(),
                syslog != null ? "syslog" : "webhook",
                syslog != null ? syslog.host() : null,
                syslog != null ? syslog.port() : null,
                syslog != null ? syslog.serverName() : null,
                webhook != null ? webhook.address().toString() : null,
                way.authority(),
                syslog != null ? syslog.clientCertificate() : null,
                of.createdAt(),
                of.createdBy(),
                former != null && former.isAfter(now) ? former : null,
                of.state().wireName(),
                progress.next(),
                Math.max(0, progress.end() - progress.next()),
                progress.parked(),
                progress.lastParked(),
                since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds()),
                progress.deliveredAt(),
                progress.failingSince(),
                progress.tries(),
                failing && of.state() == State.ACTIVE ? progress.lookAt() : null,
                ProblemView.of(progress.trouble()));
    }
}
