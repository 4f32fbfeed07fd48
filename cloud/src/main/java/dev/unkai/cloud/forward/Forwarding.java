package dev.unkai.cloud.forward;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.base.proof.Sha256;
import dev.unkai.cloud.forward.Destination.State;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.forward.send.SendingSettings;
import dev.unkai.cloud.forward.send.WebhookSignature;
import dev.unkai.cloud.forward.store.DestinationStore;
import dev.unkai.cloud.forward.store.DestinationStore.Sealed;
import dev.unkai.cloud.history.HistoryFeed;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where histories go to, as their owners set it up: each change is an event in that history. */
@Component
public class Forwarding {
    /** For each history. */
    private static final int MOST = 10;
    /** How long a webhook's former secret signs as well. */
    static final Duration BOTH = Duration.ofHours(24);

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Transactions transactions;
    private final DestinationStore store;
    private final ForwardingSecrets secrets;
    private final SendingSettings settings;
    private final HistoryFeed history;
    private final Ids ids;
    private final Clock clock;

    Forwarding(
            Transactions transactions,
            DestinationStore store,
            ForwardingSecrets secrets,
            SendingSettings settings,
            HistoryFeed history,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.secrets = secrets;
        this.settings = settings;
        this.history = history;
        this.ids = ids;
        this.clock = clock;
    }

    /** A destination and what a webhook is signed with, shown this once; null for syslog. */
    public record Made(Destination destination, @Nullable String secret) {}

    /**
     * Whose history a request is about: the caller's own project's, unless it names another, which only the provider's people may.
     *
     * @param project a project's id, or {@code provider}
     */
    public static String log(Caller caller, @Nullable String project) {
        if (project == null || project.equals(caller.projectOrNull())) {
            return caller.project();
        }
        if (!caller.isAdmin()) {
            throw Refusal.forbidden("Only the provider's people may name another history than their own project's.");
        }
        if (!ID.matcher(project).matches()) {
            throw Refusal.invalid("\"project\" is the id of a project, or \"provider\".");
        }
        return project;
    }

    public List<Destination> list(Caller caller, String log) {
        return transactions.asCaller(caller, db -> store.list(db, log));
    }

    public Destination show(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> store.find(db, id)).orElseThrow(Forwarding::absent);
    }

    /** Throws Refusal invalid about the first thing that cannot be. */
    public Wish wish(Wish.Typed typed, String log) {
        return Wish.of(typed, log.equals(Destination.PROVIDER), settings);
    }

    public Made create(Caller caller, String log, Wish wish) {
        wish.mustBeUsable(null);
        // Asked before the transaction, which must not wait for the ledger. What is recorded meanwhile goes out too.
        long end = history.end(log);
        UUID id = ids.next();
        String secret = wish.way() instanceof Webhook ? WebhookSignature.secret() : null;
        Sealed sealed = new Sealed(
                wish.clientKey() == null ? null : secrets.seal(id, wish.clientKey()),
                secret == null ? null : secrets.seal(id, secret));
        Destination made = transactions.asCaller(caller, db -> {
            if (store.countAlone(db, log) >= MOST) {
                throw Refusal.overQuota("A history goes to " + MOST + " destinations at most. Remove one first.");
            }
            store.insert(
                    db,
                    id,
                    log,
                    wish.name(),
                    wish.way(),
                    sealed,
                    caller.token().userName(),
                    wish.fromBeginning() ? 0 : end,
                    end);
            record(
                    db,
                    caller,
                    "create",
                    Destination.target(id, wish.name(), log),
                    Changes.made(Told.of(wish.name(), wish.way()))
                            .and(Changes.of("from", null, wish.fromBeginning() ? "beginning" : "now")));
            db.wake(Destination.CHANNEL);
            return store.find(db, id).orElseThrow();
        });
        return new Made(made, secret);
    }

    /** Another name, or another way of the same kind; what is sent next stays. A client key that is not given stays as long as its certificate does. */
    public Destination change(Caller caller, UUID id, Wish wish) {
        return transactions.asCaller(caller, db -> {
            Destination before = held(db, id);
            if (!before.way().getClass().equals(wish.way().getClass())) {
                throw Refusal.invalid("The \"kind\" of a destination stays. Make another destination.");
            }
            boolean sameCertificate = before.way() instanceof Syslog old
                    && wish.way() instanceof Syslog fresh
                    && fresh.clientCertificate() != null
                    && fresh.clientCertificate().equals(old.clientCertificate());
            boolean keepsKey = sameCertificate && wish.clientKey() == null;
            if (!keepsKey) {
                wish.mustBeUsable(null);
            }
            store.change(
                    db,
                    id,
                    wish.name(),
                    wish.way(),
                    wish.clientKey() == null ? null : secrets.seal(id, wish.clientKey()),
                    !keepsKey);
            Changes changes = Changes.between(Told.of(before.name(), before.way()), Told.of(wish.name(), wish.way()));
            record(
                    db,
                    caller,
                    "update",
                    Destination.target(id, wish.name(), before.log()),
                    keepsKey || wish.clientKey() == null ? changes : changes.and(Changes.confidential("clientKey")));
            db.wake(Destination.CHANNEL);
            return store.find(db, id).orElseThrow();
        });
    }

    public void delete(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Destination gone = held(db, id);
            store.delete(db, id);
            record(db, caller, "delete", gone.target(), Changes.gone(Told.of(gone.name(), gone.way())));
        });
    }

    /** A new secret, shown this once. The one before signs as well for a day. Throws Refusal conflict for syslog. */
    public Made rotate(Caller caller, UUID id) {
        String secret = WebhookSignature.secret();
        Destination rotated = transactions.asCaller(caller, db -> {
            Destination held = held(db, id);
            if (!(held.way() instanceof Webhook)) {
                throw Refusal.conflict("Syslog has no secret: it is known by its client certificate.");
            }
            store.rotate(db, id, secrets.seal(id, secret), BOTH);
            record(db, caller, "update", held.target(), Changes.confidential("secret"));
            return store.find(db, id).orElseThrow();
        });
        return new Made(rotated, secret);
    }

    /** Nothing is sent until it is resumed; then all that has waited. */
    public Destination pause(Caller caller, UUID id) {
        return change(caller, id, State.PAUSED, "pause");
    }

    public Destination resume(Caller caller, UUID id) {
        return change(caller, id, State.ACTIVE, "resume");
    }

    private Destination change(Caller caller, UUID id, State state, String action) {
        return transactions.asCaller(caller, db -> {
            Destination held = held(db, id);
            if (held.state() != state) {
                store.state(db, id, state);
                record(
                        db,
                        caller,
                        action,
                        held.target(),
                        Changes.of("state", held.state().wireName(), state.wireName()));
                db.wake(Destination.CHANNEL);
            }
            return store.find(db, id).orElseThrow();
        });
    }

    /** Has it tried at once, without waiting for the next attempt's time. Throws Refusal conflict while it is not sent to. */
    public Destination tryNow(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> {
            Destination held = held(db, id);
            if (held.state() != State.ACTIVE) {
                throw Refusal.conflict("Nothing is sent to this destination at present. Resume it first.");
            }
            store.tryNow(db, id);
            db.record(CadfEvent.by(caller, "update", held.target(), clock.instant())
                    .with(Map.of("change", "to be tried at once")));
            db.wake(Destination.CHANNEL);
            return store.find(db, id).orElseThrow();
        });
    }

    private Destination held(Db db, UUID id) {
        return store.held(db, id).orElseThrow(Forwarding::absent);
    }

    private static Refusal absent() {
        return Refusal.notFound("There is no such destination.");
    }

    /** Of a webhook the host alone: what stands behind it may be a password of its owner's. */
    static Map<String, String> facts(Way way) {
        Map<String, String> facts = new HashMap<>();
        facts.put("kind", way instanceof Syslog ? "syslog" : "webhook");
        facts.put("host", way.host());
        facts.put("port", String.valueOf(way.port()));
        return facts;
    }

    /**
     * A destination as its events tell it: of a webhook the host alone, as for certificates whose they are, not their text.
     *
     * @param authority its own, or the public's
     */
    private record Told(
            String name,
            String kind,
            String host,
            String serverName,
            String authority,
            @Nullable String clientCertificate) {
        static Told of(String name, Way way) {
            String shown = way instanceof Syslog syslog ? syslog.clientCertificate() : null;
            return new Told(
                    name,
                    way instanceof Syslog ? "syslog" : "webhook",
                    way.host() + ":" + way.port(),
                    way.serverName(),
                    way.authority() == null ? "public" : fingerprint(way.authority()),
                    shown == null ? null : fingerprint(shown));
        }

        private static String fingerprint(String pem) {
            return "SHA-256 of the text: " + HexFormat.of().formatHex(Sha256.of(pem.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void record(Db db, Caller caller, String action, CadfEvent.Target target, Changes changes) {
        db.record(CadfEvent.by(caller, action, target, clock.instant()).with(changes));
    }
}
