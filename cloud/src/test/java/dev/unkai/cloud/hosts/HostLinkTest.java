package dev.unkai.cloud.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.RescueStore;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node may do is decided by its certificate and by what its host is to run. */
class HostLinkTest {
    private static final UUID IMAGE = UUID.randomUUID();
    private static final UUID HOST = UUID.randomUUID();

    private final TestPki pki = new TestPki();
    private final byte[] content = new byte[3_000_000];
    private ControlPlane process;
    private ServerRows cloud;

    @BeforeEach
    void start() {
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + (i >> 11));
        }
        PostgresFixture.Database database = PostgresFixture.database("link").migrated();
        process = new ControlPlane(database, pki.issue("cloud"), 0, IMAGE, content);
        cloud = new ServerRows(database);
    }

    @AfterEach
    void stop() {
        ControlPlane.closeAll(process, cloud);
    }

    @Test
    void aHostIsWhomItsCertificateNames() {
        try (FakeNode liar = node(HOST, "URI:unkai:host:" + UUID.randomUUID()).start();
                FakeNode nobody = node(HOST, "DNS:somewhere").start();
                FakeNode honest = node(HOST, "URI:unkai:host:" + HOST).start()) {
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            assertThat(liar.machines()).isEmpty();
            assertThat(nobody.machines()).isEmpty();
            assertThat(honest.host()).isEqualTo(HOST);
            assertThat(cloud.count("select count(*) from host")).isEqualTo(1);
        }
    }

    @Test
    void aHostGetsTheImagesOfItsOwnGuestsOnly() {
        try (FakeNode node = node(HOST, "URI:unkai:host:" + HOST).start()) {
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            assertThatThrownBy(() -> node.fetch(IMAGE, 0))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
            UUID id = cloud.create("p", 64, IMAGE);
            until(() -> cloud.status(id).equals("ACTIVE"));
            assertThat(node.fetch(IMAGE, 0)).isEqualTo(content);
            assertThat(node.fetch(IMAGE, 2_999_990)).hasSize(10);
        }
    }

    @Test
    void aHostGetsAnotherImageToRescueItsGuestFromForAsLongAsThatLasts() {
        UUID other = Neighbours.RESCUE_IMAGE;
        RescueStore rescues = new RescueStore();
        try (FakeNode node = node(HOST, "URI:unkai:host:" + HOST).start()) {
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            UUID id = cloud.create("p", 64, IMAGE);
            until(() -> cloud.status(id).equals("ACTIVE"));
            assertThatThrownBy(() -> node.fetch(other, 0)).hasMessageContaining("PERMISSION_DENIED");
            cloud.transactions().doAsSystem(db -> {
                rescues.begin(db, id, other, "$6$salt$hash", Instant.now());
                db.wake("server");
            });
            until(() -> cloud.status(id).equals("RESCUE"));
            assertThat(node.fetch(other, 2_999_990)).hasSize(10);

            cloud.transactions().doAsSystem(db -> {
                rescues.end(db, id, Instant.now());
                db.wake("server");
            });
            until(() -> cloud.status(id).equals("ACTIVE"));
            assertThatThrownBy(() -> node.fetch(other, 0)).hasMessageContaining("PERMISSION_DENIED");
        }
    }

    @Test
    void aPlanThatGetsLostIsSentAgain() {
        try (FakeNode node = node(HOST, "URI:unkai:host:" + HOST).start()) {
            until(() -> cloud.count("select count(*) from host where known_generation = plan_generation") == 1);
            node.losePlans(1);
            UUID id = cloud.create("p", 64, IMAGE);
            until(() -> cloud.status(id).equals("ACTIVE"));
        }
    }

    @Test
    void aNewerNodeIsUnderstoodAndWhatOnlyItKnowsChangesNoGuest() {
        String state = "select count(*) from guest where observed_state = 'RUNNING'";
        try (FakeNode node = node(HOST, "URI:unkai:host:" + HOST)
                .says(HostLinkTest::withUnknownFields)
                .start()) {
            until(() -> cloud.count("select count(*) from host where state = 'up'") == 1);
            UUID id = cloud.create("p", 64, IMAGE);
            until(() -> cloud.status(id).equals("ACTIVE"));
            assertThat(cloud.count("select memory_mib from host")).isEqualTo(8192);

            // A state of a guest that is not known here yet, and messages of another kind.
            node.says(message -> switch (message.getMessageCase()) {
                case REPORT ->
                    withUnknownFields(message.toBuilder()
                            .setReport(message.getReport().toBuilder()
                                    .clearGuests()
                                    .addAllGuests(message.getReport().getGuestsList().stream()
                                            .map(guest -> guest.toBuilder()
                                                    .setStateValue(99)
                                                    .build())
                                            .toList()))
                            .build());
                case HELLO -> message;
                case GUEST, MESSAGE_NOT_SET ->
                    NodeMessage.newBuilder().setUnknownFields(unknown()).build();
            });
            long before = cloud.count("select extract(epoch from last_seen)::bigint from host");
            until(() -> cloud.count("select extract(epoch from last_seen)::bigint from host") > before + 1);
            assertThat(cloud.count(state)).isEqualTo(1);
            assertThat(cloud.status(id)).isEqualTo("ACTIVE");
            assertThat(node.planned(id.toString())).isPresent();

            node.says(HostLinkTest::withUnknownFields);
            cloud.desire(id, Server.Goal.STOPPED);
            until(() -> cloud.status(id).equals("SHUTOFF"));
        }
    }

    /** Everything in the message has a field more than we know. */
    private static NodeMessage withUnknownFields(NodeMessage message) {
        NodeMessage.Builder newer = message.toBuilder().mergeUnknownFields(unknown());
        if (message.hasHello()) {
            newer.getHelloBuilder().mergeUnknownFields(unknown());
            newer.getHelloBuilder().setProtocol(message.getHello().getProtocol() + 1);
            newer.getHelloBuilder().getFactsBuilder().mergeUnknownFields(unknown());
        } else if (message.hasReport()) {
            newer.getReportBuilder().mergeUnknownFields(unknown());
            newer.getReportBuilder().getGuestsBuilderList().forEach(guest -> guest.mergeUnknownFields(unknown()));
        } else if (message.hasGuest()) {
            newer.getGuestBuilder().mergeUnknownFields(unknown());
        }
        return newer.build();
    }

    private static UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        4000,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                                .build())
                .build();
    }

    private FakeNode node(UUID host, String name) {
        return new FakeNode(
                host, "host-1", 16, 8192, 100, pki.issue("node-" + name.hashCode(), name), process.nodePort());
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
