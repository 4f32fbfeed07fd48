package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What the ledger's auditor finds → the mail of the provider's desk, each finding once, whichever process sees it first. A finding is known by what it says and when it was found, not by a
 * number: a ledger that was put back to an older state counts anew.
 */
@Component
class FindingMails implements Reconciler {
    static final String CHANNEL = "ledger_finding";
    /** Told in one mail; the rest stands in the console. */
    private static final int LISTED = 20;

    private final Transactions transactions;
    private final LedgerReader ledger;
    private final MailOutbox mails;
    private final Desk desk;

    FindingMails(Transactions transactions, LedgerReader ledger, MailOutbox mails, Desk desk) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.mails = mails;
        this.desk = desk;
    }

    @Override
    public String name() {
        return "the auditor's findings by mail";
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        desk.ifNamed((address, language) -> findings().ifPresent(found -> tell(address, language, found)));
        return false;
    }

    private Optional<JsonNode> findings() {
        try {
            return Optional.of(ledger.audit().path("findings")).filter(found -> !found.isEmpty());
        } catch (Refusal down) {
            return Optional.empty(); // it is asked again in a minute; that it is away is told elsewhere
        }
    }

    private void tell(MailAddress address, Language language, JsonNode found) {
        transactions.doAsSystem(db -> {
            List<String> fresh = new ArrayList<>();
            for (JsonNode finding : found) {
                if (isNew(db, finding)) {
                    fresh.add(Instant.parse(finding.path("found").asString()) + " " + sentence(finding, language));
                }
            }
            if (fresh.isEmpty()) {
                return;
            }
            int more = Math.max(0, fresh.size() - LISTED);
            mails.post(
                    db,
                    Mail.open(
                            "ledger-finding",
                            language,
                            address,
                            Map.of(
                                    "count",
                                    String.valueOf(fresh.size()),
                                    "findings",
                                    String.join("\n", fresh.subList(0, fresh.size() - more)),
                                    "more",
                                    String.valueOf(more))));
        });
    }

    /** What an earlier version found has English words alone. */
    static String sentence(JsonNode finding, Language language) {
        String english = finding.path("sentence").asString();
        return language == Language.JA ? finding.path("sentenceJa").asString(english) : english;
    }

    private static boolean isNew(Db db, JsonNode finding) {
        return db.sql("""
                        insert into told_finding (kind, log, place, found_at) values (?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(finding.path("kind").asString())
                        .param(finding.path("log").asString())
                        .param(finding.path("place").longValue(-1))
                        .param(Timestamp.from(
                                Instant.parse(finding.path("found").asString())))
                        .update()
                > 0;
    }
}
