package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import dev.unkai.wire.node.GuestReport;
import java.util.Collection;
import java.util.UUID;

/**
 * Who wants to know what hosts report of a guest, in the transaction that stores the report. The event goes up, so the
 * module above implements it. Servers are locked before guests, and guests before hosts, everywhere: so no two
 * transactions wait for each other.
 */
public interface GuestObserver {
    /** Locks what belongs to the servers, before anything of their guests is touched, whoever asks in the same order. */
    void lock(Db db, Collection<UUID> servers);

    /** The guest itself is seen in another state, at another generation or with another fault than before. */
    void observed(Db db, UUID server, Guests.Observation observation);

    /** The guest is seen at a host where it is not itself: on its way in or out. */
    void aside(Db db, UUID server, Guests.Observation observation);

    /** The host says how a move of the guest, to it or from it, goes on; told with every report. */
    void moving(Db db, UUID server, UUID host, GuestReport report);

    /** The guest was to be removed and nothing of it is left on the host; it is forgotten there. */
    void gone(Db db, UUID server, UUID host);
}
