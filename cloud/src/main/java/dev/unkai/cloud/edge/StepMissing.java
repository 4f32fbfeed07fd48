package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import java.util.Map;

/** A refusal that says besides what the next step needs; thrown at the log-in. */
final class StepMissing extends RuntimeException {
    private final transient Refusal refusal;
    private final transient Map<String, Object> more;

    /** @param more members of the problem beside those that every problem has (RFC 9457, 3.2) */
    StepMissing(Refusal refusal, Map<String, Object> more) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
        this.more = Map.copyOf(more);
    }

    Refusal refusal() {
        return refusal;
    }

    Map<String, Object> more() {
        return more;
    }
}
