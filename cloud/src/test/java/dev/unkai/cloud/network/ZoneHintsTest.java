package dev.unkai.cloud.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.network.domain.Routers.GatewayChange;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ZoneHintsTest {
    private static final NetworkFixture CLOUD = new NetworkFixture();
    private static final List<String> ZONES = List.of("east", "west");

    @Test
    void theZonesThatANetworkWasWishedForAreKeptThroughChanges() {
        Caller caller = NetworkFixture.OPERATOR;
        Network plain = CLOUD.network(caller, "plain");
        assertThat(plain.links().zoneHints()).isEmpty();

        Network wished = CLOUD.transactions.asCaller(
                caller,
                db -> CLOUD.networks.create(
                        db,
                        caller,
                        new Network(
                                UUID.randomUUID(),
                                caller.project(),
                                "wished",
                                "",
                                true,
                                false,
                                false,
                                false,
                                true,
                                1442,
                                Network.GENEVE,
                                null,
                                null,
                                List.of(),
                                new Network.Links("", null, null, null, ZONES),
                                List.of(),
                                Stamp.NEW)));

        assertThat(wished.links().zoneHints()).isEqualTo(ZONES);
        Network changed = CLOUD.transactions.asCaller(
                caller, db -> CLOUD.networks.update(db, caller, wished.id(), one -> one.limitedBy(null)));
        assertThat(changed.links().zoneHints()).isEqualTo(ZONES);
    }

    @Test
    void theZonesThatARouterWasWishedForAreKept() {
        Caller caller = NetworkFixture.OPERATOR;
        Router router = new Router(
                UUID.randomUUID(), caller.project(), "r", "", true, null, List.of(), ZONES, List.of(), Stamp.NEW);

        Router made =
                CLOUD.transactions.asCaller(caller, db -> CLOUD.routers.create(db, caller, router, GatewayChange.NONE));

        assertThat(made.zoneHints()).isEqualTo(ZONES);
    }
}
