package dev.unkai.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.Nic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server with real sockets; addresses of the loopback network stand for guests. */
class MetadataServerTest {
    private static final UUID NETWORK = UUID.randomUUID();
    private static final String GUEST = "127.0.0.2";
    private static final String NEIGHBOUR = "127.0.0.3";
    private static final String STRANGER = "127.0.0.9";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ServerSocketChannel listener;
    private MetadataServer server;

    /** Names of guests by the passwords that they left. */
    private final Map<String, String> left = new ConcurrentHashMap<>();

    private volatile boolean away;

    @BeforeEach
    void open() throws IOException {
        MetadataGuests guests = MetadataGuests.of(HostPlan.newBuilder()
                .addGuests(guest("first", GUEST, NETWORK))
                .addGuests(guest("second", NEIGHBOUR, NETWORK))
                .addGuests(guest("elsewhere", GUEST, UUID.randomUUID()))
                .build());
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        server = new MetadataServer(source -> guests.find(NETWORK, source), this::keep, timer, listener);
    }

    @AfterEach
    void close() {
        server.close();
        timer.shutdownNow();
    }

    @Test
    void eachGuestGetsItsOwnDataAndAStrangerNone() throws IOException {
        assertThat(get(GUEST, "/latest/user-data")).startsWith("HTTP/1.1 200").endsWith("of first");
        assertThat(get(NEIGHBOUR, "/latest/user-data")).endsWith("of second");
        assertThat(get(STRANGER, "/latest/user-data"))
                .startsWith("HTTP/1.1 404")
                .doesNotContain("of ");
    }

    @Test
    void whatARequestSaysOfItselfChangesNothing() throws IOException {
        String answer = exchange(
                GUEST,
                "GET /latest/user-data HTTP/1.1\r\nHost: " + NEIGHBOUR + "\r\nX-Forwarded-For: " + NEIGHBOUR
                        + "\r\nX-Instance-ID: second\r\nX-Real-IP: " + NEIGHBOUR + "\r\n\r\n");

        assertThat(answer).endsWith("of first");
    }

    @Test
    void onlyReadingIsUnderstood() throws IOException {
        assertThat(exchange(GUEST, "POST /latest/user-data HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405");
        assertThat(exchange(GUEST, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(exchange(GUEST, "GET /latest/../../etc/passwd HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(exchange(GUEST, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(exchange(GUEST, "HEAD /latest/user-data HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 8")
                .doesNotContain("of first");
    }

    @Test
    void aGuestThatHoldsConnectionsOpenKeepsNobodyElseOut() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int number = 0; number < 20; number++) {
                held.add(connect(GUEST));
            }
            assertThat(get(NEIGHBOUR, "/latest/user-data")).endsWith("of second");
            assertThat(held.getLast().getInputStream().read())
                    .as("one too many")
                    .isEqualTo(-1);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> get(GUEST, "/latest/user-data").endsWith("of first"));
    }

    @Test
    void theAddressThatAGuestMakesOfItsMacIsItsOwn() throws IOException {
        assertThat(MetadataGuests.linkLocal("fa:16:3e:01:02:03"))
                .isEqualTo(InetAddress.ofLiteral("fe80::f816:3eff:fe01:203"));
    }

    @Test
    void aGuestLeavesItsPasswordOnce() throws IOException {
        assertThat(post(GUEST, "/openstack/2013-10-17/password", "c2VjcmV0")).startsWith("HTTP/1.1 200");
        assertThat(post(GUEST, "/openstack/latest/password", "other")).startsWith("HTTP/1.1 409");
        assertThat(post(NEIGHBOUR, "/openstack/latest//password/", "x".repeat(1020)))
                .startsWith("HTTP/1.1 200");

        assertThat(left).containsEntry("c2VjcmV0", "of first").containsEntry("x".repeat(1020), "of second");
    }

    @Test
    void aPasswordThatIsNoneOrTooLongOrFromAStrangerIsNotTaken() throws IOException {
        assertThat(post(GUEST, "/openstack/latest/password", "")).startsWith("HTTP/1.1 400");
        assertThat(post(GUEST, "/openstack/latest/password", "x".repeat(1021))).startsWith("HTTP/1.1 400");
        assertThat(exchange(GUEST, "POST /openstack/latest/password HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(post(GUEST, "/openstack/2012-08-10/password", "x")).startsWith("HTTP/1.1 405");
        assertThat(post(GUEST, "/openstack/latest/meta_data.json", "x")).startsWith("HTTP/1.1 405");
        assertThat(post(STRANGER, "/openstack/latest/password", "x")).startsWith("HTTP/1.1 405");

        assertThat(left).isEmpty();
    }

    @Test
    void aPasswordThatCannotBeKeptNowIsToBeLeftAgain() throws IOException {
        away = true;
        assertThat(post(GUEST, "/openstack/latest/password", "first")).startsWith("HTTP/1.1 503");

        away = false;
        assertThat(post(GUEST, "/openstack/latest/password", "again")).startsWith("HTTP/1.1 200");
    }

    private boolean keep(Guest guest, String password) {
        if (away) {
            throw new IllegalStateException("away");
        }
        String name = guest.getConfigDrive().getUserData().toStringUtf8();
        return !left.containsValue(name) && left.put(password, name) == null;
    }

    private String post(String from, String path, String body) throws IOException {
        return exchange(from, "POST " + path + " HTTP/1.1\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    }

    private static Guest guest(String name, String address, UUID network) {
        return MetadataDocumentsTest.guest("of " + name)
                .clearNics()
                .addNics(Nic.newBuilder()
                        .setMac("fa:16:3e:00:00:01")
                        .setNetworkId(network.toString())
                        .addAddresses(address))
                .build();
    }

    private String get(String from, String path) throws IOException {
        return exchange(from, "GET " + path + " HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n");
    }

    private String exchange(String from, String request) throws IOException {
        try (Socket socket = connect(from)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "";
        }
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(8_000);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(listener.getLocalAddress());
        return socket;
    }
}
