package dev.unkai.cloud.network;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.NetworkStore;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The networks as the Compute API's old addresses show them. */
@Component
public class ProxiedNetworks {
    private final NetworkStore store;

    ProxiedNetworks(NetworkStore store) {
        this.store = store;
    }

    public record Shown(UUID id, String name) {}

    /** Those that the caller sees. */
    public List<Shown> list(Db db) {
        return store.listing.where(db, "true", List.of()).stream()
                .map(ProxiedNetworks::shown)
                .toList();
    }

    public Shown get(Db db, UUID id) {
        return store.listing
                .find(db, id)
                .map(ProxiedNetworks::shown)
                .orElseThrow(() -> Refusal.notFound("Network not found"));
    }

    private static Shown shown(Network network) {
        return new Shown(network.id(), network.name());
    }
}
