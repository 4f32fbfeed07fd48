package dev.unkai.node.console;

import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.wire.node.ConsoleSession;
import io.grpc.ManagedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One relay for each console session of the plan: opened when it appears, closed when it is gone. */
public final class ConsoleRelays {
    private final ManagedChannel channel;
    private final Function<UUID, GuestDirectory> files;
    private final Map<String, ConsoleRelay> relays = new ConcurrentHashMap<>();

    public ConsoleRelays(ManagedChannel channel, Function<UUID, GuestDirectory> files) {
        this.channel = channel;
        this.files = files;
    }

    public synchronized void apply(List<ConsoleSession> sessions) {
        Set<String> gone = new HashSet<>(relays.keySet());
        for (ConsoleSession session : sessions) {
            gone.remove(session.getId());
            if (!relays.containsKey(session.getId())) {
                relays.values().forEach(relay -> relay.giveWayTo(session));
                ConsoleRelay relay =
                        new ConsoleRelay(channel, session, files.apply(UUID.fromString(session.getGuestId())));
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
