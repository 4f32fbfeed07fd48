package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.wire.token.Caller;
import java.util.Optional;

/** A process's own say about a good token's scope, beside roles and addresses; part of the one policy check. */
public interface ScopeGate {
    /** Why the caller may do nothing in the project of the token now; empty when he may. */
    Optional<Refusal> refusal(Caller caller);
}
