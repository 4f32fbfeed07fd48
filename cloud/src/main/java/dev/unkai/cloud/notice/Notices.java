package dev.unkai.cloud.notice;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.contract.ContractMail;
import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.cloud.notice.Notice.Own;
import dev.unkai.cloud.notice.Notice.State;
import dev.unkai.cloud.notice.Notice.Whole;
import dev.unkai.cloud.notice.store.NoticeStore;
import dev.unkai.cloud.notice.store.NoticeStore.Writer;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notices: published, corrected and ended by operators, read by those whom they are for. */
@Component
public class Notices {
    static final String KIND = "service/notice";
    private static final int SHOWN_TO_CUSTOMERS = 200;
    private static final int REGISTERED = 1_000;

    private final Transactions transactions;
    private final NoticeStore store;
    private final NoticeMails mails;
    private final ContractMail contracts;
    private final Ids ids;
    private final Clock clock;

    Notices(
            Transactions transactions,
            NoticeStore store,
            NoticeMails mails,
            ContractMail contracts,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.mails = mails;
        this.contracts = contracts;
        this.ids = ids;
        this.clock = clock;
    }

    /** What is shown to the caller in his project now, unread first; 200 at most. */
    public List<Own> own(Caller caller) {
        return transactions.asCaller(caller, db -> store.own(db, caller.user(), caller.project(), SHOWN_TO_CUSTOMERS));
    }

    /** He has read it, as it is now. Throws Refusal not found. */
    public void read(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            if (store.markRead(db, caller.user(), caller.project(), id, clock.instant()) == 0) {
                throw unknown();
            }
        });
    }

    /** He has read all that is shown to him. */
    public void readAll(Caller caller) {
        transactions.doAsCaller(
                caller, db -> store.markRead(db, caller.user(), caller.project(), null, clock.instant()));
    }

    /** The register, newest first; 1,000 at most. */
    public List<Notice> list(Caller caller) {
        return transactions.asCaller(caller, db -> store.list(db, REGISTERED));
    }

    public Whole show(Caller caller, UUID id) {
        return transactions.asCaller(caller, db -> whole(db, store.find(db, id).orElseThrow(Notices::unknown)));
    }

    /** The contracts that a notice may be for, by company. */
    public List<ContractMail.Addressee> contracts(Caller caller) {
        return transactions.asCaller(caller, contracts::all);
    }

    /** @param mail whether it also goes to the contacts of the contracts that it is for */
    public Whole publish(Caller caller, Content content, boolean mail) {
        return transactions.asCaller(caller, db -> {
            check(db, content, clock.instant());
            Notice made = insert(db, content, writer(caller), mail);
            db.record(event(caller, "notice/publish", made).with(Changes.made(made.content())));
            return whole(db, made);
        });
    }

    /** From the service itself, to everyone. The caller's transaction decides whether it is published. */
    public UUID publishOwn(Db db, Content content) {
        Notice made = insert(db, content, null, false);
        db.record(CadfEvent.bySystem("cloud", "notice/publish", target(made), clock.instant(), null)
                .with(Changes.made(made.content())));
        return made.id();
    }

    private Notice insert(Db db, Content content, @Nullable Writer by, boolean mail) {
        Instant now = clock.instant();
        Notice made = store.insert(db, ids.next(), content, content.at(now));
        store.version(db, made, by, now, null, mail ? mails.post(db, made) : 0);
        return made;
    }

    /** A new version, unread again; what stood there before stays in the register. Throws Refusal conflict when it is over, or nothing is different. */
    public Whole correct(Caller caller, UUID id, Content content, boolean mail, String reason) {
        return transactions.asCaller(caller, db -> {
            Instant now = clock.instant();
            Notice before = held(db, id);
            check(db, content, now);
            Changes changes = Changes.between(before.content(), content);
            if (changes.isEmpty()) {
                throw Refusal.conflict("Nothing is different from what the notice says already.");
            }
            Notice corrected = store.correct(db, id, content, content.at(now));
            store.version(db, corrected, writer(caller), now, reason, mail ? mails.post(db, corrected) : 0);
            db.record(event(caller, "notice/correct", corrected)
                    .with(Map.of("reason", reason))
                    .with(changes));
            return whole(db, corrected);
        });
    }

    /** Nobody sees it any more from now on. Throws Refusal conflict when it is over already. */
    public Whole end(Caller caller, UUID id, String reason) {
        return transactions.asCaller(caller, db -> {
            Notice before = held(db, id);
            Instant now = clock.instant();
            store.end(db, id, now, reason);
            db.record(event(caller, "notice/end", before)
                    .with(Map.of("reason", reason))
                    .with(Changes.of("shown_until", before.content().shownUntil(), now)));
            return whole(db, store.find(db, id).orElseThrow(Notices::unknown));
        });
    }

    private Notice held(Db db, UUID id) {
        Notice notice = store.lock(db, id).orElseThrow(Notices::unknown);
        if (notice.state() == State.OVER) {
            throw Refusal.conflict(
                    "The notice is over, and what was told stays as it was. Publish a new one if there is more to say.");
        }
        return notice;
    }

    private void check(Db db, Content content, Instant now) {
        if (!content.shownUntil().isAfter(now)) {
            throw Refusal.invalid("\"shownUntil\" lies in the past: nobody would see the notice.");
        }
        Set<String> unknown = new HashSet<>(content.projects());
        contracts.all(db).forEach(one -> unknown.remove(one.project()));
        if (!unknown.isEmpty()) {
            throw Refusal.invalid("No contract has the project "
                    + unknown.stream().sorted().findFirst().orElseThrow()
                    + ". Choose from the list of contracts.");
        }
    }

    private Whole whole(Db db, Notice notice) {
        return new Whole(notice, store.versions(db, notice.id()), store.readers(db, notice.id(), notice.version()));
    }

    private static Writer writer(Caller caller) {
        return new Writer(caller.user(), caller.token().userName());
    }

    private CadfEvent event(Caller caller, String action, Notice about) {
        return CadfEvent.by(caller, action, target(about), clock.instant());
    }

    private static CadfEvent.Target target(Notice about) {
        return new CadfEvent.Target(about.id().toString(), KIND, about.reference(), null);
    }

    private static Refusal unknown() {
        return Refusal.notFound("There is no such notice, or it is not shown any more.");
    }
}
