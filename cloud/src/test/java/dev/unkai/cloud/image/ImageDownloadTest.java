package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Data that an import fetches from the web: what comes, what is refused, and what nobody may have fetched. */
class ImageDownloadTest {
    private static final byte[] DATA =
            "the data of a small image\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    private static HttpServer web;
    private static RunningImages images;
    private static String mirror;
    private static final AtomicInteger asked = new AtomicInteger();

    private final String project = "p" + UUID.randomUUID().toString().replace("-", "");
    private final String token = RunningImages.member(project);

    @BeforeAll
    static void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0), 0);
        int port = web.getAddress().getPort();
        mirror = "http://127.0.0.9:" + port;
        answer("/image", 200, DATA.length, DATA);
        answer("/chunks", 200, 0, DATA); // 0: the server sends chunks
        answer("/short", 200, DATA.length, java.util.Arrays.copyOf(DATA, 1_000));
        answer("/absent", 404, -1, new byte[0]);
        sendOn("/moved", mirror + "/image?again");
        sendOn("/around", mirror + "/around");
        sendOn("/inside", "http://127.0.0.2:" + port + "/image");
        sendOn("/metadata", "http://169.254.169.254/latest/meta-data");
        web.start();
        images = new RunningImages(
                "--unkai.image.web-download.ports=80,443," + port, "--unkai.image.web-download.opened=127.0.0.9/32");
    }

    @AfterAll
    static void stop() {
        images.close();
        web.stop(0);
    }

    @Test
    void whatTheWebHasBecomesTheImagesData() {
        for (String path : List.of("/image", "/chunks", "/moved")) {
            String id = images.image(token, "from the web", "raw");
            assertThat(bringIn(id, mirror + path).status()).isEqualTo(202);
            await().untilAsserted(() -> assertThat(shown(id).field("status")).isEqualTo("active"));
            assertThat(images.get(token, "/image/v2/images/" + id + "/file")
                            .raw()
                            .body())
                    .as(path)
                    .isEqualTo(DATA);
            JsonNode task = task(id);
            assertThat(task.path("status").asString()).isEqualTo("success");
            assertThat(task.at("/input/import_req/method/uri").asString()).isEqualTo(mirror + path);
            assertThat(task.at("/result/image_id").asString()).isEqualTo(id);
            assertThat(bringIn(id, mirror + path).status()).as("it is active").isEqualTo(409);
        }
    }

    @Test
    void aSourceThatFailsLeavesTheImageWaitingAndSaysWhy() {
        Map.of(
                        "/absent",
                        "it answers 404",
                        "/short",
                        "bytes are missing",
                        "/around",
                        "sends on more than",
                        "/inside",
                        "does not pass filtering",
                        "/metadata",
                        "does not pass filtering")
                .forEach((path, reason) -> {
                    String id = images.image(token, "from nowhere", "raw");
                    assertThat(bringIn(id, mirror + path).status()).isEqualTo(202);
                    await().untilAsserted(() ->
                            assertThat(task(id).path("status").asString()).isEqualTo("failure"));
                    assertThat(task(id).path("message").asString()).as(path).contains(reason);
                    assertThat(task(id).path("result").isNull()).isTrue();
                    assertThat(shown(id).field("status")).isEqualTo("queued");
                    assertThat(images.events("import").stream()
                                    .filter(event ->
                                            event.at("/target/id").asString().equals(id))
                                    .map(event -> event.path("outcome").asString()))
                            .contains("failure");
                    assertThat(images.upload(token, id, DATA, Map.of()).status())
                            .isEqualTo(204);
                });
    }

    @Test
    void nothingIsFetchedFromTheMachineItsNeighboursOrByOtherWays() {
        String id = images.image(token, "from inside", "raw");
        int before = asked.get();
        for (String uri : List.of(
                "http://127.0.0.2/image",
                "http://10.0.0.1/image",
                "http://172.16.9.9/image",
                "http://192.168.1.1/image",
                "http://169.254.169.254/latest",
                "http://100.64.0.1/image",
                "http://0.0.0.0/image",
                "http://[::1]/image",
                "http://[fe80::1]/image",
                "http://[fd00::1]/image",
                "http://[::ffff:10.0.0.1]/image",
                "http://[64:ff9b::a00:1]/image",
                "https://example.com:22/image",
                "http://user:word@example.com/image",
                "file:///etc/passwd",
                "ftp://example.com/image",
                "gopher://example.com/image",
                "example.com",
                "http://",
                "")) {
            Answer refused = bringIn(id, uri);
            assertThat(refused.status()).as(uri).isEqualTo(400);
            assertThat(new String(refused.raw().body(), StandardCharsets.UTF_8)).contains("does not pass filtering");
        }
        // A name is looked up when it is fetched, and only then.
        for (String uri : List.of("http://localhost/image", "http://127.1/image", "http://2130706434/image")) {
            if (bringIn(id, uri).status() == 202) {
                await().untilAsserted(() ->
                        assertThat(latest(id).path("status").asString()).isEqualTo("failure"));
                assertThat(latest(id).path("message").asString())
                        .as(uri)
                        .containsAnyOf("not one of the open Internet", "in the DNS");
            }
        }
        assertThat(asked.get()).isEqualTo(before);
        assertThat(shown(id).field("status")).isEqualTo("queued");
    }

    @Test
    void anImportLetFallIsBegunAgainByWhoeverSeesIt() {
        String id = images.image(token, "let fall", "raw");
        letFall(id, 1);
        assertThat(bringIn(id, mirror + "/image").status()).as("one at a time").isEqualTo(409);
        images.sql().sql("notify image_download").update();
        await().untilAsserted(() -> assertThat(shown(id).field("status")).isEqualTo("active"));
        assertThat(task(id).path("status").asString()).isEqualTo("success");

        String lost = images.image(token, "lost", "raw");
        letFall(lost, 3);
        images.sql().sql("notify image_download").update();
        await().untilAsserted(
                        () -> assertThat(task(lost).path("status").asString()).isEqualTo("failure"));
    }

    @Test
    void anOperatorsTaskMakesTheImageAsWell() {
        String operator = RunningImages.operator();
        Map<String, Object> input = Map.of(
                "import_from",
                mirror + "/image",
                "import_from_format",
                "raw",
                "image_properties",
                Map.of("name", "by task", "disk_format", "raw", "container_format", "bare"));
        Answer made = images.post(operator, "/image/v2/tasks", Map.of("type", "import", "input", input));
        assertThat(made.status()).isEqualTo(201);
        String task = made.field("id");
        assertThat(made.raw().headers().firstValue("Location")).hasValue("/v2/tasks/" + task);
        assertThat(made.field("type")).isEqualTo("import");
        assertThat(made.field("status")).isIn("pending", "processing", "success");
        assertThat(made.json().at("/input/import_from").asString()).isEqualTo(mirror + "/image");
        await().untilAsserted(() -> assertThat(
                        images.get(operator, "/image/v2/tasks/" + task).field("status"))
                .isEqualTo("success"));
        String id = images.get(operator, "/image/v2/tasks/" + task)
                .json()
                .at("/result/image_id")
                .asString();
        assertThat(images.get(operator, "/image/v2/images/" + id).field("name")).isEqualTo("by task");
        assertThat(images.get(operator, "/image/v2/tasks?type=import&status=success")
                        .json()
                        .at("/tasks/0/id")
                        .asString())
                .isEqualTo(task);

        assertThat(images.post(token, "/image/v2/tasks", Map.of("type", "import", "input", input))
                        .status())
                .isEqualTo(403);
        assertThat(images.delete(operator, "/image/v2/tasks/" + task).status()).isEqualTo(405);
        for (Object wrong : List.of(
                Map.of("type", "import"),
                Map.of("type", "clone", "input", input),
                Map.of("type", "import", "input", Map.of("import_from", mirror)),
                Map.of(
                        "type",
                        "import",
                        "input",
                        Map.of(
                                "import_from",
                                "file:///etc/passwd",
                                "import_from_format",
                                "raw",
                                "image_properties",
                                Map.of())))) {
            assertThat(images.post(operator, "/image/v2/tasks", wrong).status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
    }

    /** As a process leaves it that dies at its work. */
    private void letFall(String id, int attempts) {
        images.transactions()
                .doAsSystem(db -> db.sql("""
                                insert into image_task (id, project_id, image_id, method, user_id, request_id, status, uri,
                                                        attempts, updated_at)
                                values (?, ?, ?, 'web-download', 'u', 'r', 'processing', ?, ?, now() - interval '5 minutes')
                                """)
                        .params(UUID.randomUUID(), project, UUID.fromString(id), mirror + "/image", attempts)
                        .update());
    }

    private Answer bringIn(String id, String uri) {
        return images.post(
                token,
                "/image/v2/images/" + id + "/import",
                Map.of("method", Map.of("name", "web-download", "uri", uri)));
    }

    private Answer shown(String id) {
        return images.get(token, "/image/v2/images/" + id);
    }

    private JsonNode task(String id) {
        return images.get(token, "/image/v2/images/" + id + "/tasks").json().at("/tasks/0");
    }

    private JsonNode latest(String id) {
        JsonNode all =
                images.get(token, "/image/v2/images/" + id + "/tasks").json().path("tasks");
        return all.get(all.size() - 1);
    }

    private static void answer(String path, int status, long length, byte[] data) {
        web.createContext(path, exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status, length);
            if (data.length > 0) {
                exchange.getResponseBody().write(data);
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
    }

    private static void sendOn(String path, String to) {
        web.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }
}
