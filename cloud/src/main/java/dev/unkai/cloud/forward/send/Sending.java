package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.forward.Way;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.history.HistoryFeed.Fed;
import dev.unkai.wire.origin.ReachableAddresses;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends events to one place, and tells by an exception when it has not taken all of them. */
@Component
public class Sending {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

    private final SendingSettings settings;
    private final Clock clock;

    Sending(SendingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Where it goes, and what is secret about it.
     *
     * @param provider whether it is the provider's own, for which more addresses may be opened
     * @param clientKey of the certificate that is shown to a syslog receiver
     * @param secrets that a webhook is signed with
     */
    public record Line(
            UUID id, Way way, boolean provider, @Nullable String clientKey, List<String> secrets) {
        public Line {
            secrets = List.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Line[" + id + "]"; // the secrets are in no log
        }

        TlsMaterial tls() {
            return new TlsMaterial(
                    way.authority(), way instanceof Syslog syslog ? syslog.clientCertificate() : null, clientKey);
        }
    }

    /** What was seen of the other end. */
    public record Seen(X509Certificate certificate, String protocol) {}

    /** Connects and lets go again, sending nothing. */
    public Seen check(Line to) throws NotTaken {
        try (OutsideLine line = open(to, LONGEST_CHECK)) {
            Seen seen = new Seen(line.certificate(), line.protocol());
            if (to.way() instanceof Syslog) {
                line.settle();
                line.finish();
            }
            return seen;
        }
    }

    /** Sends something that tells of no event. Returns by which id it is known at the other end. */
    public String test(Line to) throws NotTaken {
        String id = "test-" + UUID.randomUUID();
        Instant at = clock.instant();
        switch (to.way()) {
            case Syslog _ -> {
                try (SyslogDelivery delivery = new SyslogDelivery(settings.messages(), () -> open(to, LONGEST_CHECK))) {
                    delivery.write(List.of(settings.messages().test(id, at)));
                    delivery.finish();
                }
            }
            case Webhook webhook ->
                webhook(
                        to,
                        webhook,
                        id,
                        JSON.writeValueAsString(Map.of("test", true, "id", id, "eventTime", at.toString())) + "\n",
                        LONGEST_CHECK);
        }
        return id;
    }

    /** Begins to send events; nothing is connected before the first. */
    public Delivery begin(Line to) {
        return switch (to.way()) {
            case Syslog _ -> new SyslogDelivery(settings.messages(), () -> open(to, settings.longest()));
            case Webhook webhook -> new WebhookDelivery(to, webhook);
        };
    }

    /** Each batch is a request of its own. */
    private final class WebhookDelivery implements Delivery {
        private final Line to;
        private final Webhook way;

        WebhookDelivery(Line to, Webhook way) {
            this.to = to;
            this.way = way;
        }

        @Override
        public boolean add(List<Fed> events) throws NotTaken {
            StringBuilder lines = new StringBuilder();
            events.forEach(event -> lines.append(line(event)).append('\n'));
            String id = to.id() + "-" + events.getFirst().place() + "-"
                    + events.getLast().place();
            webhook(to, way, id, lines.toString(), settings.longest());
            return true;
        }

        @Override
        public void finish() {
            // each was taken by itself
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** The event last and as it is stored, so that its hash can be computed from what was sent. */
    private static String line(Fed event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("log", event.log());
        members.put("place", event.place());
        members.put("received", event.received().toString());
        members.put("hash", event.hash());
        String open = JSON.writeValueAsString(members);
        return open.substring(0, open.length() - 1) + ",\"event\":" + event.json() + "}";
    }

    private void webhook(Line to, Webhook way, String id, String text, Duration longest) throws NotTaken {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Instant now = clock.instant();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", "application/jsonl; charset=utf-8");
        fields.put("webhook-id", id);
        fields.put("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        fields.put("webhook-signature", WebhookSignature.header(to.secrets(), id, now, body));
        try (OutsideLine line = open(to, longest)) {
            WebhookRequest.send(line, way, fields, body);
        }
    }

    private OutsideLine open(Line to, Duration longest) throws NotTaken {
        ReachableAddresses addresses = settings.addresses(to.provider());
        return OutsideLine.open(to.way(), to.tls(), addresses, longest);
    }
}
