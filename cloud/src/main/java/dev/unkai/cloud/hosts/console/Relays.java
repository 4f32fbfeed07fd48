package dev.unkai.cloud.hosts.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The console sessions that somebody at this process looks at. */
@Component
public class Relays {
    private final Map<UUID, Relay> open = new ConcurrentHashMap<>();

    void add(Relay relay) {
        open.put(relay.session(), relay);
    }

    void remove(Relay relay) {
        open.remove(relay.session(), relay);
    }

    Optional<Relay> of(UUID session, UUID host) {
        return Optional.ofNullable(open.get(session))
                .filter(relay -> relay.host().equals(host));
    }

    /** Those that somebody looks at. */
    Stream<SocketRelay> screens() {
        return open.values().stream().mapMulti((relay, screens) -> {
            if (relay instanceof SocketRelay screen) {
                screens.accept(screen);
            }
        });
    }

    Set<UUID> sessions() {
        return Set.copyOf(open.keySet());
    }
}
