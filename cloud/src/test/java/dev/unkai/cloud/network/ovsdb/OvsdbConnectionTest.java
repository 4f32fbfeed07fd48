package dev.unkai.cloud.network.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OvsdbConnectionTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATABASE = "OVN_Northbound";

    @TempDir
    private Path directory;

    private OvsdbServer server;
    private OvsdbConnection connection;

    @BeforeEach
    void start() {
        server = new OvsdbServer(directory);
        connection = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
    }

    @Test
    void aTransactionInsertsAndAnotherReads() {
        connection.transact(DATABASE, List.of(insert("雲")));

        JsonNode rows = connection
                .transact(
                        DATABASE,
                        List.of(JSON.readTree("{\"op\":\"select\",\"table\":\"Logical_Switch\",\"where\":[]}")))
                .path(0)
                .path("rows");
        assertThat(rows.size()).isEqualTo(1);
        assertThat(rows.path(0).path("name").asString()).isEqualTo("雲");
    }

    @Test
    void aRefusedTransactionSaysWhyAndChangesNothing() {
        assertThatThrownBy(() -> connection.transact(
                        DATABASE,
                        List.of(insert("one"), JSON.readTree("{\"op\":\"insert\",\"table\":\"Nonsense\",\"row\":{}}"))))
                .isInstanceOf(OvsdbRefused.class)
                .hasMessageContaining("Nonsense");
        assertThat(connection.isOpen()).isTrue();
        assertThat(watch().rows("Logical_Switch")).isEmpty();
    }

    @Test
    void theReplicaShowsOurOwnChangeAsSoonAsItIsMadeAndOthersSoonAfter() {
        Replica replica = watch();
        connection.transact(DATABASE, List.of(insert("mine")));
        assertThat(replica.rows("Logical_Switch"))
                .extracting(row -> row.text("name"))
                .containsExactly("mine");
        assertThat(replica.labelled("mine")).hasSize(1);

        try (OvsdbConnection other = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            other.transact(
                    DATABASE, List.of(JSON.readTree("{\"op\":\"delete\",\"table\":\"Logical_Switch\",\"where\":[]}")));
        }
        Awaitility.await().until(() -> replica.rows("Logical_Switch").isEmpty());
        assertThat(replica.labelled("mine")).isEmpty();
    }

    @Test
    void aKilledServerIsUnavailableAndANewConnectionWorksAgain() {
        server.kill();
        assertThatThrownBy(() -> connection.echo()).isInstanceOf(OvsdbUnavailable.class);
        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> OvsdbConnection.open(server.address(), null, Duration.ofSeconds(1)))
                .isInstanceOf(OvsdbUnavailable.class);

        server.start();
        try (OvsdbConnection again = OvsdbConnection.open(server.address(), null, Duration.ofSeconds(5))) {
            again.echo();
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        Path silent = directory.resolve("silent.sock");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(silent));
            try (OvsdbConnection waiting =
                    OvsdbConnection.open(new OvsdbAddress.Unix(silent), null, Duration.ofMillis(200))) {
                assertThatThrownBy(waiting::echo)
                        .isInstanceOf(OvsdbUnavailable.class)
                        .hasMessageContaining("in time");
            }
        }
    }

    @Test
    void valuesReadAndWriteAsTheProtocolHasThem() {
        UUID id = UUID.randomUUID();
        assertThat(OvsdbValue.read(JSON.readTree("[\"set\",[]]"))).isEqualTo(OvsdbValue.none());
        assertThat(OvsdbValue.read(JSON.readTree("\"one\""))).isEqualTo(OvsdbValue.of(Set.of("one")));
        assertThat(OvsdbValue.read(JSON.readTree("[\"set\",[\"one\"]]"))).isEqualTo(OvsdbValue.of("one"));
        assertThat(OvsdbValue.read(JSON.readTree("[\"uuid\",\"" + id + "\"]")))
                .isEqualTo(OvsdbValue.of(new RowId.Existing(id)));
        assertThat(OvsdbValue.read(JSON.readTree("[\"map\",[[\"a\",\"b\"]]]")))
                .isEqualTo(OvsdbValue.of(Map.of("a", "b")));
        for (OvsdbValue value : List.of(
                OvsdbValue.of(5),
                OvsdbValue.of(true),
                OvsdbValue.of(List.of("x", "y")),
                OvsdbValue.of(new RowId.Named("row0")),
                OvsdbValue.of(Map.of()))) {
            assertThat(OvsdbValue.read(value.write())).isEqualTo(value);
        }
    }

    @Test
    void addressesAreWrittenAsOpenVSwitchWritesThem() {
        assertThat(OvsdbAddress.parse("unix:/run/nb.sock")).isEqualTo(new OvsdbAddress.Unix(Path.of("/run/nb.sock")));
        assertThat(OvsdbAddress.parse("ssl:nb.example:6641")).isEqualTo(new OvsdbAddress.Tls("nb.example", 6641));
        assertThat(OvsdbAddress.parse("ssl:[2001:db8::1]:6641")).isEqualTo(new OvsdbAddress.Tls("2001:db8::1", 6641));
        assertThatThrownBy(() -> OvsdbAddress.parse("tcp:127.0.0.1:6641")).hasMessageContaining("unkai.ovn.northbound");
    }

    private Replica watch() {
        Replica replica = new Replica(row -> List.of(String.valueOf(row.text("name"))), _ -> {});
        connection.monitor(DATABASE, Map.of("Logical_Switch", List.of("name")), replica::apply);
        return replica;
    }

    private static JsonNode insert(String name) {
        return JSON.readTree(
                "{\"op\":\"insert\",\"table\":\"Logical_Switch\",\"row\":{\"name\":\"%s\"}}".formatted(name));
    }
}
