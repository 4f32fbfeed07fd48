package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every field of every body spoilt in every way: a sentence and a 4xx come back, and nothing has changed. */
class BadInputTest {
    private static final ComputeSite SITE = ComputeSite.shared();
    private static final Customer CUSTOMER = SITE.customer();
    private static final String[] SPOILT = {
        "null",
        "-1",
        "99999999999999999999",
        "1.5",
        "true",
        "[]",
        "{}",
        "[[[[[]]]]]",
        "\"\"",
        "\" x \"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"a\\nb\"",
        "\"" + "x".repeat(70_000) + "\"",
        "{\"unexpected\":1}",
        "[null]",
        "[-1]"
    };
    private static String server;

    /** A request whose body is fine as it stands. */
    private record Good(int minor, String method, String path, String body) {
        @Override
        public String toString() {
            return "2." + minor + " " + method + " " + path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID");
        }
    }

    @BeforeAll
    static void makeAServer() {
        server = CUSTOMER.running("target");
    }

    static List<Good> goodRequests() {
        String id = server == null ? CUSTOMER.running("target") : server;
        String action = "/servers/" + id + "/action";
        return List.of(
                new Good(89, "POST", "/servers", """
                        {"server":{"name":"n","imageRef":"%s","flavorRef":"u1.nano","networks":[{"uuid":"%s","fixed_ip":"10.9.0.77","tag":"t"}],
                         "description":"d","adminPass":"p","metadata":{"a":"b"},"accessIPv4":"192.0.2.1","accessIPv6":"::1",
                         "availability_zone":"none","block_device_mapping_v2":[{"boot_index":0,"source_type":"image","destination_type":"local","uuid":"%s"}],
                         "config_drive":true,"key_name":"none","min_count":1,"max_count":1,"return_reservation_id":false,
                         "security_groups":[{"name":"default"}],"user_data":"YQ==","tags":["t"],"OS-DCF:diskConfig":"AUTO",
                         "trusted_image_certificates":null},"os:scheduler_hints":{"group":"%s"}}""".formatted(
                                CUSTOMER.image(), CUSTOMER.network(), CUSTOMER.image(), CUSTOMER.image())),
                new Good(
                        89,
                        "PUT",
                        "/servers/" + id,
                        "{\"server\":{\"name\":\"target\",\"description\":\"d\",\"accessIPv4\":\"192.0.2.1\",\"accessIPv6\":\"::1\",\"OS-DCF:diskConfig\":\"AUTO\",\"x\":1}}"),
                new Good(1, "POST", action, "{\"reboot\":{\"type\":\"MEDIUM\"}}"),
                new Good(73, "POST", action, "{\"lock\":{\"locked_reason\":\"r\",\"x\":1}}"),
                new Good(1, "POST", action, "{\"addSecurityGroup\":{\"name\":\"none\"}}"),
                new Good(1, "POST", action, "{\"os-getConsoleOutput\":{\"length\":10,\"x\":1}}"),
                new Good(1, "POST", action, "{\"os-getVNCConsole\":{\"type\":\"xvpvnc\"}}"),
                new Good(1, "POST", action, "{\"resize\":{\"flavorRef\":\"none\"}}"),
                new Good(
                        6,
                        "POST",
                        "/servers/" + id + "/remote-consoles",
                        "{\"remote_console\":{\"protocol\":\"vnc\",\"type\":\"xvpvnc\"}}"),
                new Good(1, "POST", "/servers/" + id + "/metadata", "{\"metadata\":{\"bad/key\":\"b\"}}"),
                new Good(1, "PUT", "/servers/" + id + "/metadata/k", "{\"meta\":{\"other\":\"b\"}}"),
                new Good(26, "PUT", "/servers/" + id + "/tags", "{\"tags\":[\"a,b\"]}"),
                new Good(
                        10,
                        "POST",
                        "/os-keypairs",
                        "{\"keypair\":{\"name\":\"n\",\"type\":\"ssh\",\"public_key\":\"none\",\"user_id\":\"u\"}}"),
                new Good(
                        64,
                        "POST",
                        "/os-server-groups",
                        "{\"server_group\":{\"name\":\"n\",\"policy\":\"affinity\",\"rules\":{\"max_server_per_host\":1}}}"),
                new Good(
                        1,
                        "POST",
                        "/os-server-groups",
                        "{\"server_group\":{\"name\":\"n\",\"policies\":[\"soft-affinity\"]}}"),
                new Good(61, "POST", "/flavors", """
                        {"flavor":{"name":"u1.nano","id":"u1.nano","ram":1,"vcpus":1,"disk":1,"OS-FLV-EXT-DATA:ephemeral":0,"swap":0,
                         "rxtx_factor":1.0,"os-flavor-access:is_public":true,"description":"d"}}"""),
                new Good(61, "PUT", "/flavors/none", "{\"flavor\":{\"description\":\"d\"}}"),
                new Good(61, "POST", "/flavors/none/os-extra_specs", "{\"extra_specs\":{\"a\":\"b\"}}"),
                new Good(61, "POST", "/flavors/none/action", "{\"addTenantAccess\":{\"tenant\":\"p\"}}"),
                new Good(
                        57,
                        "PUT",
                        "/os-quota-sets/" + CUSTOMER.project,
                        "{\"quota_set\":{\"cores\":-2,\"force\":true}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodRequests")
    void aSpoiltFieldIsRefusedWithASentence(Good good) {
        String operator = CUSTOMER.operatorToken();
        boolean upkeep = good.path().startsWith("/flavors") || good.path().startsWith("/os-quota");
        String token = upkeep ? operator : CUSTOMER.token;
        String before = everything();
        JsonNode body = RunningCloud.JSON.readTree(good.body());
        List<String> spoilt = new ArrayList<>();
        spoil(body, body, spoilt);
        assertThat(spoilt).hasSizeGreaterThan(SPOILT.length);
        int accepted = 0;
        for (String one : spoilt) {
            Answer answer = CUSTOMER.send(token, good.minor(), good.method(), good.path(), one);
            String shown = one.substring(0, Math.min(300, one.length()));
            assertThat(answer.status()).as("%s %s", shown, answer.text()).isBetween(200, 499);
            if (answer.status() < 400) {
                accepted++;
            } else {
                assertThat(answer.json().iterator().next().path("message").asString())
                        .as(shown)
                        .isNotBlank()
                        .doesNotContain("Exception")
                        .doesNotContain("java.");
            }
        }
        if (accepted == 0) {
            assertThat(everything()).isEqualTo(before);
        }
    }

    /** Puts every wrong value into every place, one at a time. */
    private static void spoil(JsonNode root, JsonNode node, List<String> spoilt) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode good = object.get(name);
                for (String bad : SPOILT) {
                    object.set(name, RunningCloud.JSON.readTree(bad));
                    spoilt.add(root.toString());
                }
                object.remove(name);
                spoilt.add(root.toString());
                object.set(name, good);
                spoil(root, good, spoilt);
            }
            object.put("unknown-field", 1);
            spoilt.add(root.toString());
            object.remove("unknown-field");
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            spoil(root, array.get(0), spoilt);
        }
    }

    private static String everything() {
        return SITE.transactions.asSystem(db -> db.sql("""
                        select concat((select count(*) from server), '/', (select count(*) from keypair), '/',
                               (select count(*) from flavor), '/', (select count(*) from outbox where event not like '%failure%'))
                        """).query(String.class).single());
    }

    @Test
    void bodiesThatAreNoJsonObjectAreRefused() throws Exception {
        for (String bad : List.of(
                "",
                "nonsense",
                "[]",
                "7",
                "null",
                "\"text\"",
                "{",
                "{\"server\":",
                "{} {}",
                "{\"server\":{},\"server\":{}}",
                "[".repeat(5_000),
                "{\"a\":".repeat(40) + "1" + "}".repeat(40))) {
            Answer answer = CUSTOMER.post(1, "/servers", bad);
            assertThat(answer.status())
                    .as(bad.substring(0, Math.min(20, bad.length())))
                    .isEqualTo(400);
            assertThat(answer.json().at("/badRequest/message").asString()).isNotBlank();
        }
        byte[] notText = "{\"server\":{\"name\":\"\u00ff\"}}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(raw(notText, "application/json").statusCode()).isEqualTo(400);
        assertThat(raw("{}".getBytes(StandardCharsets.UTF_8), "application/xml").statusCode())
                .isEqualTo(415);
        assertThat(raw(new byte[3 << 20], "application/json").statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> raw(byte[] body, String type) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(SITE.cloud.address().resolve("/compute/v2.1/servers"))
                            .header("X-Auth-Token", CUSTOMER.token)
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void idsAndParametersThatMeanNothingAreRefused() {
        String long300 = "x".repeat(300);
        Map.ofEntries(
                        Map.entry("/servers/" + long300, 404),
                        Map.entry("/servers/-1", 404),
                        Map.entry("/servers/%00", 400),
                        Map.entry("/servers/%F0%9F%98%80", 404),
                        Map.entry("/flavors/" + long300, 404),
                        Map.entry("/flavors/%27%3B--", 404),
                        Map.entry("/os-keypairs/" + long300, 404),
                        Map.entry("/os-server-groups/x", 404),
                        Map.entry("/servers?limit=x", 400),
                        Map.entry("/servers?limit=99999999999", 200),
                        Map.entry("/servers?marker=x", 400),
                        Map.entry("/servers?sort_key=x", 400),
                        Map.entry("/servers?sort_key=display_name&sort_dir=up", 400),
                        Map.entry("/servers?sort_dir=up", 400),
                        Map.entry("/servers?sort_key=display_name&sort_dir=asc&sort_dir=asc", 400),
                        Map.entry("/servers?changes-since=x", 400),
                        Map.entry("/servers?name=" + long300, 400),
                        Map.entry("/servers?name=%28", 400),
                        Map.entry("/servers?ip=%5B", 400),
                        Map.entry("/servers?_x=1", 400),
                        Map.entry("/servers?name=%00", 400),
                        Map.entry("/flavors?marker=%00", 400),
                        Map.entry("/flavors?minRam=x", 400),
                        Map.entry("/flavors?sort_key=x", 400),
                        Map.entry("/flavors?marker=x", 400),
                        Map.entry("/os-simple-tenant-usage/" + CUSTOMER.project + "?start=x", 400))
                .forEach((path, status) ->
                        assertThat(CUSTOMER.get(26, path).status()).as(path).isEqualTo(status));
        assertThat(CUSTOMER.get(26, "/servers/" + server + "/tags/" + "x".repeat(100))
                        .status())
                .isEqualTo(404);
        assertThat(CUSTOMER.put(26, "/servers/" + server + "/tags/" + "x".repeat(100), null)
                        .status())
                .isEqualTo(400);
    }
}
