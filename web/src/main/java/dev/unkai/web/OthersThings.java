package dev.unkai.web;

import dev.unkai.wire.token.Caller;
import java.util.Set;
import java.util.UUID;

/** Knows whose things are, where customers' rows are fenced so well that a handler cannot tell another customer's from none. */
public interface OthersThings {
    /** Whether one of these ids is that of a thing which is another project's and hidden from the caller. Takes as long for what is nobody's. */
    boolean isAnyOf(Caller caller, Set<UUID> ids);
}
