package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a customer learns of a request for his data: whether he may, and that he was told. */
@Component
public class DisclosureTelling {
    private final DisclosureSteps steps;
    private final DisclosureStore store;
    private final MailOutbox mails;
    private final Clock clock;

    DisclosureTelling(DisclosureSteps steps, DisclosureStore store, MailOutbox mails, Clock clock) {
        this.steps = steps;
        this.store = store;
        this.mails = mails;
        this.clock = clock;
    }

    /** Whether the customer may be told; not to be taken back once the customer was told. */
    public Disclosure mayTell(Caller caller, UUID id, boolean mayTell, String reason) {
        return steps.take(
                caller,
                id,
                "disclosure/may-tell",
                before -> {
                    if (before.toldAt() != null) {
                        throw Refusal.conflict("The customer was told already.");
                    }
                    if (before.secretUntil() != null) {
                        throw Refusal.conflict("Two officers have decided that the customer is not told before "
                                + before.secretUntil() + ". End that first, with the reason.");
                    }
                },
                (db, before) -> {
                    store.mayTell(db, id, mayTell);
                    return Map.of("may_tell", before.mayTell() + " → " + mayTell, "reason", reason);
                });
    }

    /** Tells the customer by mail, in the transaction that notes it; from then on the customer's history has it too. */
    public Disclosure tell(Caller caller, UUID id, MailAddress email, Mail.Language language) {
        return steps.take(
                caller,
                id,
                "disclosure/notify",
                before -> {
                    if (!before.mayTell()) {
                        throw Refusal.conflict(
                                "The customer may not be told of this request. Change that first, with the reason, if it is no longer so.");
                    }
                    if (before.toldAt() != null) {
                        throw Refusal.conflict("The customer was told already.");
                    }
                    if (before.decided() == null) {
                        throw Refusal.conflict("Nothing is decided yet. Tell the customer what was decided.");
                    }
                },
                (db, before) -> {
                    store.told(db, id);
                    mails.post(db, DisclosureNotice.of(before, email, language));
                    Answer answer = before.proposal();
                    db.record(CadfEvent.by(
                                    caller,
                                    "disclosure/tell",
                                    new CadfEvent.Target(
                                            id.toString(),
                                            DisclosureSteps.KIND,
                                            before.reference(),
                                            before.request().project()),
                                    clock.instant())
                            .with(Map.of(
                                    "requester",
                                    before.request().requester(),
                                    "answer",
                                    answer == null ? "" : answer.wireName())));
                    return Map.of("to", email.toString());
                });
    }
}
