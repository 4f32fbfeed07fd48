package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.evidence.Hold.Person;
import dev.unkai.wire.token.Caller;

/** Who decides about evidence: persons, and no programs in their place. */
final class People {
    private People() {}

    static Person of(Caller caller) {
        return new Person(caller.user(), caller.token().userName());
    }

    /** What is lent to a program or to somebody else is not a person of its own. */
    static void refuseDelegated(Caller caller) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden(
                    "An application credential or a trust does not decide about evidence. Log in by password.");
        }
    }
}
