package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.evidence.store.HoldStore;
import dev.unkai.web.LedgerClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds on logs → the ledger, which then drops none of these events. The ledger is asked each time what it holds, and is given what it lacks and told what
 * has ended; it learns the case's number and nothing more.
 */
@Component
class LedgerHolds implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(LedgerHolds.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HOLDS = "/internal/v1/holds";
    private static final String OURS = "evidence.";

    private final Transactions transactions;
    private final HoldStore store;
    private final LedgerClient ledger;

    LedgerHolds(Transactions transactions, HoldStore store, LedgerClient ledger) {
        this.transactions = transactions;
        this.store = store;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "evidence holds at the ledger";
    }

    @Override
    public String channel() {
        return Holds.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        Map<String, Map<String, @Nullable String>> wanted = wanted();
        try {
            tell(wanted);
        } catch (IllegalStateException | UncheckedIOException e) {
            if (!wanted.isEmpty()) {
                log.warn("The ledger cannot be told of {} evidence holds yet: {}", wanted.size(), e.getMessage());
            }
        }
        return false;
    }

    private void tell(Map<String, Map<String, @Nullable String>> wanted) {
        Set<String> there = new HashSet<>();
        for (JsonNode hold : JSON.readTree(ledger.get(HOLDS)).path("holds")) {
            String id = hold.path("id").asString();
            if (id.startsWith(OURS) && hold.path("ended").isNull()) {
                there.add(id);
            }
        }
        wanted.forEach((id, body) -> {
            if (!there.contains(id)) {
                ledger.post(HOLDS, JSON.writeValueAsString(body));
            }
        });
        for (String id : there) {
            if (!wanted.containsKey(id)) {
                ledger.post(HOLDS + "/" + id + "/end", "{}");
            }
        }
    }

    /** The ledger's holds by their ids, which are made of ours, so that asking twice holds once. */
    private Map<String, Map<String, @Nullable String>> wanted() {
        List<Hold> holds = transactions.asSystem(store::inForceOnLogs);
        Map<String, Map<String, @Nullable String>> wanted = new TreeMap<>();
        for (Hold hold : holds) {
            if (hold.everything()) {
                put(wanted, hold, LogClass.ALL);
            }
            hold.things().stream()
                    .filter(thing -> thing.kind() == ThingKind.LOG)
                    .map(thing -> LogClass.of(thing.id()))
                    .filter(LogClass::inLedger)
                    .forEach(one -> put(wanted, hold, one));
        }
        return wanted;
    }

    private static void put(Map<String, Map<String, @Nullable String>> wanted, Hold hold, LogClass about) {
        Map<String, @Nullable String> body = new HashMap<>();
        String id = OURS + about.wireName() + "." + hold.id();
        body.put("id", id);
        body.put("class", about == LogClass.ALL ? null : about.wireName());
        body.put("log", hold.project());
        body.put("reason", "Evidence hold " + hold.reference());
        body.put("authority", "Register of evidence holds, " + hold.id());
        body.put("until", null); // its end is told: it may come earlier or later than planned
        wanted.put(id, body);
    }
}
