package dev.unkai.base.event;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.data.Db;

/**
 * Looks at what a caller's transaction is about to record. Nothing changes unrecorded, so whatever must not happen can be
 * refused here, for every API at once.
 */
public interface RecordGuard {
    RecordGuard NONE = (_, _, event) -> event;

    /** The event as it is to be recorded. Throws {@link Refused} where the caller may not do it. */
    OutboxEvent admit(Db db, Scoped caller, OutboxEvent event) throws Refused;

    /** Rolls the transaction back; the caller gets the refusal, the record the attempt. */
    final class Refused extends Exception {
        private final transient Refusal refusal;
        private final transient OutboxEvent attempt;

        public Refused(Refusal refusal, OutboxEvent attempt) {
            super(refusal.sentence(), null, false, false);
            this.refusal = refusal;
            this.attempt = attempt;
        }

        public Refusal refusal() {
            return refusal;
        }

        public OutboxEvent attempt() {
            return attempt;
        }
    }
}
