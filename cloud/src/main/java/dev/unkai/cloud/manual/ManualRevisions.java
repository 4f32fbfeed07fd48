package dev.unkai.cloud.manual;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.proof.Sha256;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.notice.Notices;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The manual of the version that runs, where it is another one than was told before → one notice to everyone, in the transaction that notes it: whichever process
 * sees it first, and however many die. The first manual of an installation is no revision, and one that was there before is none again: a process of an older version
 * runs on beside a newer one while a site is updated.
 */
@Component
class ManualRevisions implements Reconciler {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final Notices notices;
    private final Clock clock;
    private final Optional<ManualSections> own;
    private boolean told;

    @Autowired
    ManualRevisions(Transactions transactions, Notices notices, Clock clock) {
        this(transactions, notices, clock, ManualSections.ofThisVersion());
    }

    /** @param own empty: this build has no manual */
    ManualRevisions(Transactions transactions, Notices notices, Clock clock, Optional<ManualSections> own) {
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
        this.own = own;
    }

    @Override
    public String name() {
        return "the manual's revisions to notices";
    }

    @Override
    public String channel() {
        return "manual_revision";
    }

    /** It changes with the version alone: once it is told there is nothing to do, until it could not be for a moment. */
    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        if (!told) {
            own.ifPresent(sections -> transactions.doAsSystem(db -> tell(db, sections)));
            told = true;
        }
        return false;
    }

    private void tell(Db db, ManualSections now) {
        // One at a time: which manual was the last is then known.
        db.sql("lock table manual_revision in share row exclusive mode").update();
        Optional<Map<String, String>> before = newest(db);
        String digest = HexFormat.of().formatHex(Sha256.of(JSON.writeValueAsBytes(now.digests())));
        boolean fresh = db.sql(
                                "insert into manual_revision (digest, sections) values (?, ?::jsonb) on conflict (digest) do nothing")
                        .param(digest)
                        .param(JSON.writeValueAsString(now.digests()))
                        .update()
                == 1;
        if (fresh && before.isPresent()) {
            UUID notice = notices.publishOwn(db, now.announced(before.get(), clock.instant()));
            db.sql("update manual_revision set notice_id = ? where digest = ?")
                    .param(notice)
                    .param(digest)
                    .update();
        }
    }

    private static Optional<Map<String, String>> newest(Db db) {
        return db.sql("select sections::text from manual_revision order by number desc limit 1")
                .query(String.class)
                .optional()
                .map(text -> JSON.readValue(text, new TypeReference<Map<String, String>>() {}));
    }
}
