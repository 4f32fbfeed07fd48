package dev.unkai.cloud.network.ovn;

import static dev.unkai.cloud.network.NetworkFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Trunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts may bind a guest's port, as OVN is told. */
class MovingPortsInOvnTest {
    private static final UUID HERE = UUID.randomUUID();
    private static final UUID THERE = UUID.randomUUID();

    @TempDir
    private Path directory;

    private final UUID server = UUID.randomUUID();
    private NorthboundFixture ovn;
    private Network network;
    private Port port;

    @BeforeEach
    void start() {
        ovn = new NorthboundFixture(directory);
        network = ovn.cloud.network(ALICE, "web");
        ovn.cloud.subnet(ALICE, network, "10.1.0.0/24");
        port = ovn.cloud.port(ALICE, network);
        ovn.cloud.transactions.doAsCaller(
                ALICE,
                db -> ovn.cloud.ports.allocate(
                        db, ALICE, server, List.of(new NicRequest(null, port.id(), null, null)), List.of()));
    }

    @AfterEach
    void stop() {
        ovn.close();
    }

    @Test
    void onlyTheHostOfItsGuestMayBindAPort() {
        ovn.converge();
        assertThat(options(port)).isEmpty();

        bind(HERE);
        assertThat(options(port)).isEqualTo(Map.of("requested-chassis", HERE.toString()));

        bind(null);
        assertThat(options(port)).isEmpty();
    }

    @Test
    void whileItsGuestMovesTheNextHostMayTooAndPassesNothingUntilTheGuestHasWokenUpThere() {
        bind(HERE);
        expect(THERE);
        assertThat(options(port))
                .isEqualTo(Map.of("requested-chassis", HERE + "," + THERE, "activation-strategy", "rarp"));

        bind(THERE);
        assertThat(options(port)).isEqualTo(Map.of("requested-chassis", THERE.toString()));
    }

    @Test
    void aMoveThatIsGivenUpLeavesThePortToTheHostItWasOn() {
        bind(HERE);
        expect(THERE);
        expect(null);
        assertThat(options(port)).isEqualTo(Map.of("requested-chassis", HERE.toString()));
    }

    @Test
    void subportsMoveWithTheirParent() {
        Port child = ovn.cloud.port(ALICE, ovn.cloud.network(ALICE, "inner"));
        Trunk trunk = new Trunk(
                UUID.randomUUID(),
                ALICE.project(),
                "t",
                "",
                true,
                port.id(),
                false,
                List.of(new Trunk.Subport(child.id(), 101, "")),
                List.of(),
                Stamp.NEW);
        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.trunks.create(db, ALICE, trunk));
        bind(HERE);
        assertThat(options(child)).isEqualTo(Map.of("requested-chassis", HERE.toString()));

        expect(THERE);
        assertThat(options(child)).containsEntry("requested-chassis", HERE + "," + THERE);
    }

    private void bind(@Nullable UUID host) {
        ovn.cloud.transactions.doAsSystem(db -> ovn.cloud.ports.bind(db, server, host));
        ovn.converge();
    }

    private void expect(@Nullable UUID host) {
        ovn.cloud.transactions.doAsSystem(db -> ovn.cloud.ports.expect(db, server, host));
        ovn.converge();
    }

    private Map<String, String> options(Port of) {
        return ovn.port(of.id()).pairs("options");
    }
}
