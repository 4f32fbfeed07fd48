package dev.unkai.node.console;

import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.GuestCounters;
import io.grpc.ManagedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One relay for each console session of the plan: opened when it appears, closed when it is gone. */
public final class ConsoleRelays {
    private final ManagedChannel channel;
    private final Function<UUID, GuestDirectory> files;
    private final Function<UUID, Optional<GuestCounters>> counters;
    private final Map<String, ConsoleRelay> relays = new ConcurrentHashMap<>();

    /** @param counters of a running guest; empty when it does not run */
    public ConsoleRelays(
            ManagedChannel channel,
            Function<UUID, GuestDirectory> files,
            Function<UUID, Optional<GuestCounters>> counters) {
        this.channel = channel;
        this.files = files;
        this.counters = counters;
    }

    public synchronized void apply(List<ConsoleSession> sessions) {
        Set<String> gone = new HashSet<>(relays.keySet());
        for (ConsoleSession session : sessions) {
            gone.remove(session.getId());
            if (!relays.containsKey(session.getId())) {
                relays.values().forEach(relay -> relay.giveWayTo(session));
                UUID guest = UUID.fromString(session.getGuestId());
                ConsoleRelay relay =
                        new ConsoleRelay(channel, session, files.apply(guest), () -> counters.apply(guest));
                relays.put(session.getId(), relay);
                relay.start();
            }
        }
        for (String id : gone) {
            ConsoleRelay relay = relays.remove(id);
            if (relay != null) {
                relay.close();
            }
        }
    }
}
