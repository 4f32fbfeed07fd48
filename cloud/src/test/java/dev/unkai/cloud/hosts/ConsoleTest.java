package dev.unkai.cloud.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.Refusal;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.hosts.link.NodeServer;
import dev.unkai.wire.node.DiskCounters;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.TokenVerifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Consoles of a guest, from the customer's websocket to the host and back. */
class ConsoleTest {
    private static final UUID HOST = UUID.randomUUID();
    private static RunningCloud cloud;
    private static ServerRows rows;
    private static FakeNode node;
    private static UUID server;

    @BeforeAll
    static void start() {
        TestPki pki = new TestPki();
        cloud = RunningCloud.start(pki, "--unkai.break-glass=required");
        rows = new ServerRows(cloud.database());
        int port = cloud.context().getBean(NodeServer.class).port();
        node = new FakeNode(HOST, "host-1", 16, 8192, 100, pki.issue("node", "URI:unkai:host:" + HOST), port).start();
        until(() -> rows.count("select count(*) from host where state = 'up'") == 1);
        server = UUID.randomUUID();
        // A guest straight in the host's plan: how servers get there is another test's matter.
        rows.transactions()
                .doAsSystem(db -> new Guests()
                        .put(
                                db,
                                HOST,
                                dev.unkai.wire.node.Guest.newBuilder()
                                        .setId(server.toString())
                                        .setProjectId("p")
                                        .setGeneration(1)
                                        .setPower(dev.unkai.wire.node.Power.ON)
                                        .build()));
        until(() -> rows.count("select count(*) from guest where observed_state = 'RUNNING'") == 1);
    }

    @AfterAll
    static void stop() {
        ControlPlane.closeAll(node, rows, cloud);
    }

    @Test
    void bytesGoBothWaysAndTheTokenIsGoodOnce() {
        String url = consoles().open(caller("p"), server, Consoles.Kind.VNC);
        assertThat(url).startsWith("https://cloud.example/console/vnc?token=");
        String token = url.substring(url.indexOf('=') + 1);

        Screen screen = new Screen();
        WebSocket socket = connect(token, "https://cloud.example", screen);
        assertThat(socket.getSubprotocol()).isEqualTo("binary");
        until(() -> screen.text().equals("RFB 003.008\n"));
        socket.sendBinary(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)), true)
                .join();
        until(() -> screen.text().endsWith("hello"));
        assertThat(rows.count("select count(*) from console_session where opened_at is not null"))
                .isEqualTo(1);

        assertThatThrownBy(() -> connect(token, "https://cloud.example", new Screen()))
                .satisfies(e -> assertThat(status(e)).isEqualTo(404));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        until(() -> rows.count("select count(*) from console_session") == 0);
        assertThat(rows.events(server)).contains("read/console", "close/console");
        assertThat(visits("p").path("visits")).anySatisfy(visit -> {
            assertThat(visit.path("kind").asString()).isEqualTo("graphical");
            assertThat(visit.path("userName").asString()).isEqualTo("user-of-p");
            assertThat(visit.path("ended").asString()).isEqualTo("left");
            assertThat(Instant.parse(visit.path("closedAt").asString()))
                    .isAfterOrEqualTo(Instant.parse(visit.path("openedAt").asString()));
        });
        assertThat(visits("other").path("visits")).isEmpty();
    }

    @Test
    void aVisitWhoseProcessDiedEndsWhenItWasLastKnownToBeOpenAndOnce() {
        UUID lost = UUID.randomUUID();
        rows.transactions().doAsSystem(db -> {
            db.sql("""
                    insert into console_session (id, server_id, host_id, project_id, kind, user_id, user_name, request_id,
                           expires_at, opened_at)
                    values (?, ?, ?, 'p', 'VNC', 'u', 'gone', 'req-2', now() - interval '5 seconds', now() - interval '10 minutes')
                    """).params(lost, server, HOST).update();
            db.sql("""
                    insert into console_visit (id, server_id, project_id, kind, user_id, user_name, address, agent, request_id, opened_at)
                    values (?, ?, 'p', 'VNC', 'u', 'gone', '198.51.100.4', 'x', 'req-2', now() - interval '10 minutes')
                    """).params(lost, server).update();
            db.wake("console_session");
        });

        until(() -> rows.count("select count(*) from console_session where user_name = 'gone'") == 0);

        assertThat(visits("p").path("visits"))
                .filteredOn(visit -> visit.path("id").asString().equals(lost.toString()))
                .singleElement()
                .satisfies(visit -> {
                    assertThat(visit.path("ended").asString()).isEqualTo("lost");
                    assertThat(Duration.between(
                                    Instant.parse(visit.path("openedAt").asString()),
                                    Instant.parse(visit.path("closedAt").asString())))
                            .isBetween(Duration.ofSeconds(530), Duration.ofSeconds(540));
                });
        assertThat(rows.count(
                        "select count(*) from outbox where event like '%close/console%' and event like '%\"gone\"%'"))
                .isEqualTo(1);
    }

    private static tools.jackson.databind.JsonNode visits(String project) {
        return cloud.send(
                        cloud.token(project, "reader"),
                        "GET",
                        "/service/v1/servers/" + server + "/console-visits",
                        null)
                .json();
    }

    @Test
    void aPageOfAnotherSiteIsTurnedAwayAndTheTokenStaysGood() {
        String url = consoles().open(caller("p"), server, Consoles.Kind.SERIAL);
        assertThat(url).startsWith("wss://cloud.example/service/v1/consoles/");
        String token = url.substring(url.lastIndexOf('/') + 1);
        assertThatThrownBy(() -> connect(token, "https://evil.example", new Screen()))
                .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        Screen screen = new Screen();
        WebSocket socket = connect(token, "https://cloud.example", screen);
        until(() -> !screen.text().isEmpty());
        socket.abort();
        until(() -> rows.count("select count(*) from console_session where kind = 'SERIAL'") == 0);
    }

    @Test
    void anOperatorIsToldWhatATokenLeadsToAsLongAsItIsGood() {
        String url = consoles().open(caller("p"), server, Consoles.Kind.VNC);
        String token = url.substring(url.indexOf('=') + 1);
        String address = "/compute/v2.1/os-console-auth-tokens/";
        Map<String, String> since = Map.of("OpenStack-API-Version", "compute 2.31");
        String operator = cloud.token("provider", "admin");

        var told = cloud.send(operator, "GET", address + token, null, since);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().at("/console/instance_uuid").asString()).isEqualTo(server.toString());
        assertThat(told.json().at("/console/host").asString()).isNotEmpty();
        assertThat(cloud.send(operator, "GET", address + token, null).status())
                .as("until 2.30 of another kind of console only")
                .isEqualTo(401);
        assertThat(cloud.send(operator, "GET", address + "nonsense", null, since)
                        .status())
                .isEqualTo(404);
        assertThat(cloud.send(cloud.token("p", "manager"), "GET", address + token, null, since)
                        .status())
                .isEqualTo(403);
        connect(token, "https://cloud.example", new Screen()).abort();
        until(() -> cloud.send(operator, "GET", address + token, null, since).status() == 404);
        until(() -> rows.count("select count(*) from console_session where kind = 'VNC'") == 0);
    }

    @Test
    void theLogComesFromTheHost() {
        assertThat(consoles().log(caller("p"), server, 25)).isEqualTo("the last 25 lines\n");
        assertThat(rows.count("select count(*) from console_session where kind = 'LOG'"))
                .isZero();
    }

    @Test
    void countersAreAskedOfTheHostAndANodeOfBeforeHasNone() {
        GuestDiagnostics diagnostics = cloud.context().getBean(GuestDiagnostics.class);
        GuestCounters counters = GuestCounters.newBuilder()
                .setMemoryKib(131_072)
                .addProcessorNanos(1_234_567)
                .addDisks(DiskCounters.newBuilder().setDevice("vda").setReadBytes(4096))
                .build();
        node.counters(counters);
        assertThat(diagnostics.of(caller("p"), server)).contains(counters);
        assertThat(diagnostics.of(caller("other"), server)).isEmpty();

        node.counters(null);
        assertThat(diagnostics.of(caller("p"), server)).isEmpty();
        assertThat(rows.count("select count(*) from console_session where kind = 'COUNTERS'"))
                .isZero();
    }

    @Test
    void anotherCustomersConsoleIsNotThere() {
        assertThatThrownBy(() -> consoles().open(caller("other"), server, Consoles.Kind.VNC))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> consoles().log(caller("other"), server, 1)).isInstanceOf(Refusal.class);
    }

    @Test
    void anOpenScreenEndsWithTheSessionItWasOpenedIn() {
        Caller caller = caller("p");
        String token = token(consoles().open(caller, server, Consoles.Kind.VNC));
        Screen screen = new Screen();
        connect(token, "https://cloud.example", screen);
        until(() -> !screen.text().isEmpty());
        String later = token(consoles().open(caller, server, Consoles.Kind.VNC));

        String session = caller.token().auditIds().getLast();
        cloud.context()
                .getBean(Revocations.class)
                .learn(new Revocation(1, Revocations.Subject.CHAIN, session, Instant.now()));

        until(() -> screen.closed().equals("Your session has ended."));
        assertThatThrownBy(() -> connect(later, "https://cloud.example", new Screen()))
                .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        until(() -> rows.events(server).contains("revoke/console"));
        until(() -> rows.count("select count(*) from console_session where opened_at is not null") == 0);
    }

    @Test
    void anOpenScreenEndsWhereItMayNotBeSeenFromAnyMore() {
        Screen screen = new Screen();
        connect(token(consoles().open(caller("p"), server, Consoles.Kind.SERIAL)), "https://cloud.example", screen);
        until(() -> !screen.text().isEmpty());
        SourceRules rules = cloud.context().getBean(SourceRules.class);

        rules.replace(
                List.of(new SourceRule(1, SourceRules.Subject.DOMAIN, "domain-of-p", "", List.of("198.51.100.0/24"))));
        try {
            until(() -> screen.closed().equals("Your session has ended."));
            String token = token(consoles().open(caller("p"), server, Consoles.Kind.SERIAL));
            assertThatThrownBy(() -> connect(token, "https://cloud.example", new Screen()))
                    .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        } finally {
            rules.replace(List.of());
        }
    }

    @Test
    void anOperatorsScreenEndsWithTheAccessThatItWasOpenedUnder() {
        String cases = "/service/v1/break-glass";
        String asked = "{\"project\":\"p\",\"reason\":\"It hangs.\",\"ticket\":\"T-9\",\"minutes\":30}";
        String kei = operator("kei");
        assertThatThrownBy(() -> consoles().open(caller(kei, "203.0.113.8"), server, Consoles.Kind.VNC))
                .isInstanceOf(Refusal.class);
        String id = cloud.send(kei, "POST", cases, asked).json().path("id").asString();
        cloud.send(operator("ren"), "PUT", cases + "/" + id + "/approval", null);
        Screen screen = new Screen();
        connect(
                token(consoles().open(caller(kei, "203.0.113.8"), server, Consoles.Kind.VNC)),
                "https://cloud.example",
                screen);
        until(() -> !screen.text().isEmpty());
        String later = token(consoles().open(caller(kei, "203.0.113.8"), server, Consoles.Kind.VNC));
        Screen customers = new Screen();
        WebSocket stays = connect(
                token(consoles().open(caller("p"), server, Consoles.Kind.VNC)), "https://cloud.example", customers);
        until(() -> !customers.text().isEmpty());

        assertThat(cloud.send(operator("ren"), "PUT", cases + "/" + id + "/end", null)
                        .status())
                .isEqualTo(200);

        until(() -> screen.closed().equals("Your session has ended."));
        assertThatThrownBy(() -> connect(later, "https://cloud.example", new Screen()))
                .satisfies(e -> assertThat(status(e)).isEqualTo(403));
        assertThat(customers.closed()).isEmpty();
        stays.abort();
        until(() -> rows.count("select count(*) from console_session where opened_at is not null") == 0);
    }

    private static String operator(String user) {
        return cloud.tokenOf(user, "default", "operator", "default", "admin");
    }

    private static String token(String url) {
        return url.substring(Math.max(url.lastIndexOf('='), url.lastIndexOf('/')) + 1);
    }

    private static Consoles consoles() {
        return cloud.context().getBean(Consoles.class);
    }

    private static Caller caller(String project) {
        return caller(cloud.token(project, "member"), "203.0.113.9");
    }

    private static Caller caller(String token, String address) {
        return new Caller(
                cloud.context().getBean(TokenVerifier.class).verify(token).orElseThrow(), address, "test", "req-1");
    }

    private static WebSocket connect(String token, String origin, WebSocket.Listener listener) {
        URI address =
                URI.create(cloud.address().toString().replaceFirst("http", "ws") + "/service/v1/consoles/" + token);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .subprotocols("binary")
                .connectTimeout(Duration.ofSeconds(5))
                .buildAsync(address, listener)
                .join();
    }

    private static int status(Throwable thrown) {
        return thrown instanceof CompletionException
                        && thrown.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : -1;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    /** What a browser has received. */
    private static final class Screen implements WebSocket.Listener {
        private final StringBuffer text = new StringBuffer();
        private volatile String closed = "";

        String text() {
            return text.toString();
        }

        /** The reason of the close frame. */
        String closed() {
            return closed;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed = reason;
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            text.append(StandardCharsets.UTF_8.decode(data));
            socket.request(1);
            return null;
        }
    }
}
