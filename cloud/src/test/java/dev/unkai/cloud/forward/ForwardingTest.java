package dev.unkai.cloud.forward;

import static dev.unkai.cloud.forward.RunningForwarding.PATH;
import static dev.unkai.cloud.forward.RunningForwarding.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.forward.Receiver.Delivery;
import dev.unkai.cloud.forward.store.DeliveryStore;
import dev.unkai.cloud.forward.store.DeliveryStore.Leased;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Histories on their way to a real rsyslogd and to a web server, through what can go wrong on it. */
class ForwardingTest {
    private static final Pattern PLACE = Pattern.compile(" place=\"(\\d+)\"");

    private static RunningForwarding site;
    private static RealRsyslog rsyslog;
    private static Receiver receiver;

    @BeforeAll
    static void start() {
        site = new RunningForwarding();
        rsyslog = new RealRsyslog(site.siem);
        receiver = new Receiver(site.siem);
    }

    @AfterAll
    static void stop() {
        rsyslog.close();
        receiver.close();
        site.close();
    }

    @AfterEach
    void answerAgain() {
        receiver.answer(200, 0);
        receiver.takeAtMost(Integer.MAX_VALUE);
        site.ledger.down(false);
        site.sql("delete from forwarding");
    }

    private static String event(int number) {
        return """
                {"id":"e%d","eventTime":"2026-11-26T06:00:00Z","action":"update","outcome":"success",\
                "initiator":{"id":"u","name":"雲 \\"海\\" ] \\\\"},"target":{"id":"t","typeURI":"compute/server"}}""".formatted(number);
    }

    private static void events(String log, int count) {
        IntStream.range(0, count).forEach(number -> site.ledger.add(log, event(number)));
    }

    /** The places of that history that rsyslogd has written, in its order. */
    private static List<Long> arrived(String log) {
        return arrived(rsyslog, log);
    }

    private static List<Long> arrived(RealRsyslog receiver, String log) {
        return receiver.messages().stream()
                .filter(parts -> parts[4].contains(" log=\"" + log + "\""))
                .map(parts -> {
                    Matcher place = PLACE.matcher(parts[4]);
                    assertThat(place.find()).isTrue();
                    return Long.valueOf(place.group(1));
                })
                .toList();
    }

    private static List<Long> upTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /** What the history tells of the forwarding itself, each as {@code action outcome}. */
    private static List<String> told(String log) {
        return site.ledger.history(log).stream()
                .filter(event -> event.at("/target/typeURI").asString("").equals("service/forwarding"))
                .map(event -> event.path("action").asString() + " "
                        + event.path("outcome").asString())
                .toList();
    }

    @Test
    void rsyslogGetsAllInOrderAndGoesOnWhereItWasAfterACrash() {
        String log = project();
        String master = site.master(log);
        events(log, 1_200);
        JsonNode made = site.made(master, site.syslog(rsyslog.port(), true));
        String id = made.at("/destination/id").asString();
        assertThat(made.has("secret")).isFalse();

        // And its own making, which is an event of this history.
        await().atMost(Duration.ofSeconds(20)).until(() -> arrived(log).size() == 1_201);
        assertThat(arrived(log)).isEqualTo(upTo(1_201));
        String[] first = rsyslog.messages().stream()
                .filter(parts -> parts[4].contains(" log=\"" + log + "\""))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.copyOf(first, 4)).containsExactly("110", "cloud.example", "unkai", "update");
        assertThat(first[4])
                .startsWith("[unkai@32473 ")
                .contains(" actorName=\"雲 \\\"海\\\" \\] \\\\\"")
                .contains(" hash=\"");
        assertThat(first[5].replace("\uFEFF", "")).isEqualTo(event(0));

        rsyslog.kill();
        events(log, 300);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode shown = site.shown(master, id);
            assertThat(shown.at("/problem/reason").asString("")).isEqualTo("unreachable");
            assertThat(shown.path("tries").intValue()).isGreaterThan(1);
            assertThat(shown.path("waiting").longValue()).isGreaterThanOrEqualTo(300);
            assertThat(shown.has("nextTryAt")).isTrue();
        });
        rsyslog.start();
        assertThat(site.cloud
                        .send(master, "POST", PATH + "/" + id + "/attempt", null)
                        .status())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode shown = site.shown(master, id);
            assertThat(shown.has("problem")).isFalse();
            assertThat(shown.path("waiting").longValue()).isZero();
            // making, failing, to be tried at once, going on
            assertThat(new LinkedHashSet<>(arrived(log))).hasSize(1_504);
        });
        assertThat(new ArrayList<>(new LinkedHashSet<>(arrived(log))))
                .as("in order, but for what came twice")
                .isEqualTo(upTo(1_504));
        assertThat(told(log))
                .as("one event when it begins to fail, however often it was tried")
                .containsExactly("create success", "forward failure", "update success", "forward success");
    }

    @Test
    void whatAReceiverHasPutIntoItsQueueOnDiskIsNotLostWhenItIsKilledBeforeItHasWrittenIt() {
        try (RealRsyslog slow = RealRsyslog.slow(site.siem)) {
            String log = project();
            String master = site.master(log);
            events(log, 1_000);
            String id = site.made(master, site.syslog(slow.port(), true))
                    .at("/destination/id")
                    .asString();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> site.shown(master, id).path("next").longValue() > 1_000
                            && !arrived(slow, log).isEmpty());
            slow.kill();
            int before = arrived(slow, log).size();
            assertThat(before).as("most of them in the queue still").isLessThan(900);
            // So quickly that nobody here notices that it was away: what it has taken does not come again.
            slow.start();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(new LinkedHashSet<>(arrived(slow, log))).hasSizeGreaterThanOrEqualTo(1_001));
            assertThat(new ArrayList<>(new LinkedHashSet<>(arrived(slow, log))).subList(0, 1_001))
                    .as("in order; some may be there twice")
                    .isEqualTo(upTo(1_001));
        }
    }

    @Test
    void whoeverIsNotWhoHeShouldBeGetsNothingAndThePersonIsToldWhy() {
        String log = project();
        String master = site.master(log);
        Map<String, Object> good = site.syslog(rsyslog.port(), false);
        JsonNode seen = check(master, good);
        assertThat(seen.has("problem")).as(seen.toString()).isFalse();
        assertThat(seen.at("/certificate/subject").asString()).isEqualTo("CN=siem");
        assertThat(seen.at("/certificate/protocol").asString()).isEqualTo("TLSv1.3");

        Map<String, Object> strangersAuthority = site.syslog(rsyslog.port(), false);
        strangersAuthority.put(
                "authority", RunningForwarding.read(new TestPki().issue("x").authority()));
        assertThat(reason(check(master, strangersAuthority))).isEqualTo("untrusted");
        Map<String, Object> publicTrust = site.syslog(rsyslog.port(), false);
        publicTrust.remove("authority");
        assertThat(reason(check(master, publicTrust))).isEqualTo("untrusted");
        Map<String, Object> otherName = site.syslog(rsyslog.port(), false);
        otherName.put("serverName", "logs.example.jp");
        assertThat(reason(check(master, otherName))).isEqualTo("other-name");
        Map<String, Object> withoutCertificate = site.syslog(rsyslog.port(), false);
        withoutCertificate.remove("clientCertificate");
        withoutCertificate.remove("clientKey");
        assertThat(reason(check(master, withoutCertificate))).isEqualTo("client-refused");
        Map<String, Object> nobody = site.syslog(1_025, false);
        assertThat(reason(check(master, nobody))).isEqualTo("unreachable");
        nobody.put("host", "logs.invalid");
        assertThat(reason(check(master, nobody))).isEqualTo("no-host");

        // It is the same when events are sent.
        String id = site.made(master, strangersAuthority).at("/destination/id").asString();
        await().untilAsserted(() -> assertThat(reason(site.shown(master, id))).isEqualTo("untrusted"));
        assertThat(arrived(log)).isEmpty();
        assertThat(site.cloud
                        .send(master, "PUT", PATH + "/" + id, RunningCloud.JSON.writeValueAsString(good))
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(arrived(log)).isNotEmpty());
        await().untilAsserted(() -> assertThat(changed(log, "update")).contains("authority", "clientKey"));
        JsonNode test =
                site.cloud.send(master, "POST", PATH + "/" + id + "/test", null).json();
        assertThat(test.has("problem")).as(test.toString()).isFalse();
        await().untilAsserted(() ->
                assertThat(rsyslog.messages()).anyMatch(parts -> parts[4].equals("[unkai@32473 test=\"true\"]")));
        assertThat(told(log))
                .as("how each trial ended, after that it was made")
                .contains("test failure")
                .endsWith("test pending", "test success");
    }

    /** The fields that the newest event of the action tells as changed. */
    private static List<String> changed(String log, String action) {
        List<String> fields = new ArrayList<>();
        site.ledger.history(log).reversed().stream()
                .filter(event -> event.path("action").asString().equals(action))
                .findFirst()
                .ifPresent(event -> event.path("changes")
                        .forEach(change -> fields.add(change.path("field").asString())));
        return fields;
    }

    private static JsonNode check(String token, Map<String, Object> body) {
        Answer answer = site.post(token, "/service/v1/forwarding/checks", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String reason(JsonNode shown) {
        return shown.at("/problem/reason").asString("");
    }

    @Test
    void aWebhookIsSignedAndTriedAgainUntilItIsTaken() throws GeneralSecurityException {
        String log = project();
        String master = site.master(log);
        events(log, 3);
        Map<String, Object> wish = site.webhook(receiver.address("/hook?tenant=1"));
        wish.put("from", "beginning");
        receiver.answer(500, 0);
        JsonNode made = site.made(master, wish);
        String id = made.at("/destination/id").asString();
        String secret = made.path("secret").asString();
        await().untilAsserted(() ->
                assertThat(site.shown(master, id).path("tries").intValue()).isGreaterThan(1));
        assertThat(reason(site.shown(master, id))).isEqualTo("status");
        receiver.answer(200, 3_000);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(reason(site.shown(master, id))).isEqualTo("silent"));
        receiver.answer(302, 0);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(
                                site.shown(master, id).at("/problem/detail").asString(""))
                        .contains("not followed"));
        receiver.answer(204, 0);
        site.cloud.send(master, "POST", PATH + "/" + id + "/attempt", null);

        await().untilAsserted(() -> {
            JsonNode shown = site.shown(master, id);
            assertThat(reason(shown)).isEmpty();
            assertThat(shown.path("waiting").longValue()).isZero();
            assertThat(taken(id)).hasSizeGreaterThanOrEqualTo(6);
        });
        List<JsonNode> lines = taken(id);
        assertThat(lines.stream().map(line -> line.path("place").longValue())).isEqualTo(upTo(lines.size()));
        assertThat(lines.getFirst().path("log").asString()).isEqualTo(log);
        assertThat(lines.getFirst().at("/event/id").asString()).isEqualTo("e0");
        assertThat(lines.getFirst().path("hash").asString()).hasSize(64);
        for (Delivery delivery : receiver.deliveries(id)) {
            assertThat(delivery.signature()).isEqualTo("v1," + signature(secret, delivery));
            assertThat(Instant.ofEpochSecond(Long.parseLong(delivery.timestamp())))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        }
        assertThat(receiver.deliveries(id).stream().map(Delivery::id).distinct().count())
                .as("a delivery that comes again bears the same id")
                .isLessThan(receiver.deliveries(id).size());

        String fresh = site.cloud
                .send(master, "POST", PATH + "/" + id + "/secret", null)
                .json()
                .path("secret")
                .asString();
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(secret);
        int before = receiver.deliveries(id).size();
        site.ledger.add(log, event(9));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> receiver.deliveries(id).size() > before
                        && receiver.deliveries(id).getLast().signature().contains(" "));
        Delivery last = receiver.deliveries(id).getLast();
        assertThat(last.signature()).isEqualTo("v1," + signature(fresh, last) + " v1," + signature(secret, last));
        String stored = site.rows(String.class, "select row_to_json(f)::text from forwarding f")
                .toString();
        for (String word : List.of(secret, fresh, "PRIVATE KEY")) {
            assertThat(stored).doesNotContain(word);
            assertThat(site.ledger.history(log).toString()).doesNotContain(word);
        }
    }

    @Test
    void aReceiverOfSmallRequestsGetsFewerEventsInEachAndGoesOnBehindOneThatIsTooLargeByItself() {
        String log = project();
        String master = site.master(log);
        events(log, 40);
        site.ledger.add(log, event(40).replace("}}", ",\"name\":\"" + "n".repeat(30_000) + "\"}}"));
        events(log, 5);
        receiver.answer(204, 0);
        receiver.takeAtMost(6_000);
        Map<String, Object> wish = site.webhook(receiver.address("/small"));
        wish.put("from", "beginning");
        String id = site.made(master, wish).at("/destination/id").asString();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(places(id)).contains(45L, 46L);
            JsonNode shown = site.shown(master, id);
            assertThat(shown.path("parked").intValue()).isEqualTo(1);
            assertThat(shown.path("lastParked").intValue()).isEqualTo(40);
            assertThat(reason(shown)).isEmpty();
            assertThat(told(log)).contains("forward failure");
        });
        assertThat(places(id))
                .as("all but the one, each once and in order")
                .startsWith(upTo(40).toArray(Long[]::new))
                .doesNotContain(40L)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(site.ledger.history(log))
                .anySatisfy(event ->
                        assertThat(event.at("/attachments/place").asString("")).isEqualTo("40"));

        receiver.takeAtMost(10);
        site.ledger.add(log, event(50));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reason(site.shown(master, id))).isEqualTo("too-large"));
        assertThat(site.shown(master, id).path("parked").intValue())
                .as("what everybody has to take is not left out")
                .isEqualTo(1);
        receiver.takeAtMost(6_000);
        site.cloud.send(master, "POST", PATH + "/" + id + "/attempt", null);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(taken(id))
                        .anySatisfy(line ->
                                assertThat(line.at("/event/id").asString("")).isEqualTo("e50")));
    }

    private static List<Long> places(String id) {
        return taken(id).stream().map(line -> line.path("place").longValue()).toList();
    }

    private static List<JsonNode> taken(String id) {
        return receiver.deliveries(id).stream()
                .filter(delivery -> delivery.status() == 204)
                .flatMap(delivery -> new String(delivery.body(), StandardCharsets.UTF_8).lines())
                .map(RunningCloud.JSON::readTree)
                .toList();
    }

    private static String signature(String secret, Delivery delivery) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((delivery.id() + "." + delivery.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(delivery.body()));
    }

    @Test
    void aReceiverThatWantsNoMoreIsLeftAloneUntilItsOwnerResumes() {
        String log = project();
        String master = site.master(log);
        contract(log, "yuki@customer.example");
        receiver.answer(410, 0);
        String id = site.made(master, site.webhook(receiver.address("/")))
                .at("/destination/id")
                .asString();

        await().untilAsserted(() ->
                assertThat(site.shown(master, id).path("state").asString()).isEqualTo("gone"));
        await().untilAsserted(() -> assertThat(told(log)).contains("disable failure"));
        assertThat(
                        site.rows(
                                String.class,
                                "select subject from mail where template = 'forwarding-failing' and recipient = 'yuki@customer.example'"))
                .hasSize(1)
                .first(InstanceOfAssertFactories.STRING)
                .contains("hook");
        assertThat(site.rows(String.class, "select body from mail where template = 'forwarding-failing'")
                        .toString())
                .as("why, in the language of who reads it")
                .contains("受け側が 410 を返しました");
        int asked = receiver.deliveries(id).size();
        assertThat(site.cloud
                        .send(master, "POST", PATH + "/" + id + "/attempt", null)
                        .status())
                .isEqualTo(409);
        receiver.answer(204, 0);
        events(log, 2);
        assertThat(receiver.deliveries(id)).hasSize(asked);
        site.cloud.send(master, "DELETE", PATH + "/" + id + "/pause", null);
        await().untilAsserted(() -> assertThat(taken(id)).hasSizeGreaterThan(2));

        assertThat(site.cloud
                        .send(master, "PUT", PATH + "/" + id + "/pause", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("paused");
        await().untilAsserted(() -> assertThat(changed(log, "pause")).containsExactly("state"));
        assertThat(site.cloud.send(master, "DELETE", PATH + "/" + id, null).status())
                .isEqualTo(204);
        assertThat(site.cloud.send(master, "GET", PATH + "/" + id, null).status())
                .isEqualTo(404);
    }

    /** A contract whose customer has applied from that address. */
    private static void contract(String project, String email) {
        UUID application = UUID.randomUUID();
        site.sql("""
                insert into application (id, state, company, person, email, telephone, wish, plan_id, purpose, language, source,
                                         created_at, state_at)
                values (?, 'accepted', 'Kumo', 'Yuki', ?, '', 'kumo', 'shared', 'x', 'ja', '198.51.100.7', now(), now())
                """, application, email);
        site.sql("""
                insert into contract (id, application_id, company, plan_id, plan_version, state, name, domain_id, project_id, master_name,
                                      created_at, active_at, enforced_version, hosted)
                values (?, ?, 'Kumo', 'shared', 1, 'active', 'kumo', 'd', ?, 'master', now(), now(), 1, true)
                """, UUID.randomUUID(), application, project);
    }

    @Test
    void nothingIsSentToTheMachineItsNeighboursOrByOtherWays() {
        String master = site.master(project());
        for (String address : List.of(
                "https://127.0.0.2/",
                "https://10.0.0.1/",
                "https://172.16.9.9:8443/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://example.com:25/",
                "https://user:word@example.com/",
                "https://example.com/#x",
                "https://example.com/\\r\\nX: y",
                "http://example.com/",
                "file:///etc/passwd",
                "https://",
                "",
                // of the provider's own forwarding alone
                "https://127.0.0.10/")) {
            Answer refused = site.post(master, PATH, site.webhook(address));
            assertThat(refused.status()).as(address).isEqualTo(400);
        }
        for (String host : List.of("127.0.0.2", "10.0.0.1", "::1", "fe80::1", "169.254.169.254", "a b", "-x", "")) {
            Map<String, Object> wish = site.syslog(6514, false);
            wish.put("host", host);
            assertThat(site.post(master, PATH, wish).status()).as(host).isEqualTo(400);
        }
        // What a name stands for is looked at whenever it is connected to.
        for (String host : List.of("localhost", "127.1", "2130706434")) {
            Map<String, Object> wish = site.syslog(6514, false);
            wish.put("host", host);
            Answer answer = site.post(master, "/service/v1/forwarding/checks", wish);
            assertThat(answer.status() == 400 || reason(answer.json()).matches("closed-address|no-host"))
                    .as(host + " " + answer.text())
                    .isTrue();
        }
        assertThat(site.cloud.send(master, "GET", PATH, null).json().path("destinations"))
                .isEmpty();
        Map<String, Object> keyless = site.syslog(6514, false);
        keyless.remove("clientKey");
        assertThat(site.post(master, PATH, keyless).status()).isEqualTo(400);
        Map<String, Object> otherKey = site.syslog(6514, false);
        otherKey.put("clientKey", RunningForwarding.read(site.siem.key()));
        assertThat(site.post(master, PATH, otherKey).text()).contains("is not the key");
    }

    @Test
    void noCustomerGetsOrSeesAnythingOfAnother() {
        String one = project();
        String two = project();
        String masterOfTwo = site.master(two);
        events(one, 5);
        events(two, 5);
        Map<String, Object> beginning = site.webhook(receiver.address("/"));
        beginning.put("from", "beginning");
        String ofOne =
                site.made(site.master(one), beginning).at("/destination/id").asString();
        receiver.answer(204, 0);
        String ofTwo = site.made(masterOfTwo, beginning).at("/destination/id").asString();
        await().untilAsserted(() -> assertThat(taken(ofTwo)).hasSizeGreaterThanOrEqualTo(6));

        assertThat(taken(ofTwo)).allMatch(line -> line.path("log").asString().equals(two));
        assertThat(receiver.deliveries(ofTwo))
                .allMatch(delivery -> !new String(delivery.body(), StandardCharsets.UTF_8).contains(one));
        for (String[] attack : new String[][] {
            {"GET", PATH + "/" + ofOne},
            {"DELETE", PATH + "/" + ofOne},
            {"POST", PATH + "/" + ofOne + "/secret"},
            {"POST", PATH + "/" + ofOne + "/attempt"},
            {"POST", PATH + "/" + ofOne + "/test"},
            {"PUT", PATH + "/" + ofOne + "/pause"},
            {"DELETE", PATH + "/" + ofOne + "/pause"}
        }) {
            assertThat(site.cloud.send(masterOfTwo, attack[0], attack[1], null).status())
                    .as(String.join(" ", attack))
                    .isEqualTo(404);
        }
        String body = RunningCloud.JSON.writeValueAsString(beginning);
        assertThat(site.cloud.send(masterOfTwo, "PUT", PATH + "/" + ofOne, body).status())
                .isEqualTo(404);
        assertThat(site.post(masterOfTwo, "/service/v1/forwarding/checks?destination=" + ofOne, beginning)
                        .status())
                .as("another's key is not used")
                .isEqualTo(404);
        for (String whose : List.of(one, "provider")) {
            assertThat(site.post(masterOfTwo, PATH + "?project=" + whose, beginning)
                            .status())
                    .isEqualTo(403);
            assertThat(site.cloud
                            .send(masterOfTwo, "GET", PATH + "?project=" + whose, null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(site.cloud.send(masterOfTwo, "GET", PATH, null).text()).doesNotContain(ofOne);
        String reader = site.cloud.token(two, "reader");
        assertThat(site.cloud.send(reader, "GET", PATH, null).json().path("destinations"))
                .hasSize(1);
        assertThat(site.post(reader, PATH, beginning).status()).isEqualTo(403);
        assertThat(site.post(site.cloud.token(two, "member", "reader"), PATH, beginning)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theProvidersOwnHistoryGoesWhereOnlyItMayAndItsDeskIsWrittenToAfterAnHour() {
        String officer = site.cloud.tokenOf("sec", "default", "office", "default", "security-officer", "reader");
        Map<String, Object> wish = site.webhook("https://127.0.0.10:1025/");
        Answer made = site.post(officer, PATH + "?project=provider", wish);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().at("/destination/id").asString();
        assertThat(made.json().at("/destination/log").asString()).isEqualTo("provider");

        site.ledger.add("provider", event(1));
        await().untilAsserted(() -> assertThat(reason(site.shown(officer, id))).isEqualTo("unreachable"));
        assertThat(mails(id)).isZero();
        site.sql(
                "update forwarding set failing_since = failing_since - interval '61 minutes', look_at = now() where id = ?::uuid",
                id);
        await().untilAsserted(() -> assertThat(mails(id)).isEqualTo(1));
        site.sql("update forwarding set look_at = now() where id = ?::uuid", id);
        int tries = site.shown(officer, id).path("tries").intValue();
        await().untilAsserted(() ->
                assertThat(site.shown(officer, id).path("tries").intValue()).isGreaterThan(tries));
        assertThat(mails(id)).as("once").isEqualTo(1);
        site.cloud.send(officer, "DELETE", PATH + "/" + id, null);
    }

    private static long mails(String id) {
        return site.rows(
                        Long.class,
                        "select count(*) from mail, forwarding f where template = 'forwarding-failing' and f.id = ?::uuid"
                                + " and recipient = 'desk@provider.example'",
                        id)
                .getFirst();
    }

    @Test
    void whatWasSentAndNotNotedIsSentAgainAndNoTwoSendTheSame() {
        String log = project();
        String master = site.master(log);
        receiver.answer(204, 0);
        String id = site.made(master, site.webhook(receiver.address("/")))
                .at("/destination/id")
                .asString();
        await().untilAsserted(() -> assertThat(taken(id)).hasSize(1));
        DeliveryStore store = site.cloud.context().getBean(DeliveryStore.class);
        Transactions transactions = site.cloud.context().getBean(Transactions.class);

        // Another process takes it and dies after it has sent.
        List<Leased> taken = new ArrayList<>();
        await().untilAsserted(() -> {
            site.sql("update forwarding set look_at = now() where id = ?::uuid and lease is null", id);
            taken.addAll(transactions.asSystem(db -> store.take(db, false, 50, Duration.ofMinutes(3))));
            assertThat(taken)
                    .anyMatch(leased -> leased.destination().id().toString().equals(id));
        });
        Leased dead = taken.stream()
                .filter(leased -> leased.destination().id().toString().equals(id))
                .findFirst()
                .orElseThrow();
        taken.stream()
                .filter(leased -> leased != dead)
                .forEach(other ->
                        transactions.doAsSystem(db -> store.release(db, other, false, Duration.ZERO, Duration.ZERO)));
        events(log, 2);
        site.sql("update forwarding set look_at = now() where id = ?::uuid", id);
        List<Leased> others = transactions.asSystem(db -> store.take(db, false, 50, Duration.ofMinutes(3)));
        assertThat(others)
                .as("it is another's until its lease ends")
                .noneMatch(leased -> leased.destination().id().toString().equals(id));
        site.sql("update forwarding set leased_until = now() - interval '1 second' where id = ?::uuid", id);

        await().untilAsserted(() -> assertThat(taken(id)).hasSize(3));
        long next = dead.destination().progress().next();
        boolean late = transactions.asSystem(db -> store.taken(db, dead, next, next + 99, next + 99, null));
        assertThat(late).as("who lost his lease notes nothing").isFalse();
        assertThat(site.shown(master, id).path("next").longValue()).isEqualTo(next + 2);
    }

    @Test
    void aLedgerThatDoesNotAnswerIsNotTheDestinationsFaultAndWhatWasDroppedIsPassedOver() {
        String log = project();
        String master = site.master(log);
        receiver.answer(204, 0);
        events(log, 700);
        site.ledger.forget(log, 650);
        Map<String, Object> wish = site.webhook(receiver.address("/"));
        wish.put("from", "beginning");
        site.ledger.down(true);
        assertThat(site.post(master, PATH, wish).status()).isEqualTo(503);
        site.ledger.down(false);
        String id = site.made(master, wish).at("/destination/id").asString();

        await().untilAsserted(() -> assertThat(taken(id)).hasSize(51));
        assertThat(taken(id).getFirst().path("place").longValue()).isEqualTo(650);
        assertThat(taken(id).getLast().path("place").longValue()).isEqualTo(700);
        site.ledger.down(true);
        site.sql("update forwarding set look_at = now() where id = ?::uuid", id);
        await().untilAsserted(() -> assertThat(site.rows(
                                Boolean.class,
                                "select look_at > now() + interval '4 seconds' and lease is null from forwarding where id = ?::uuid",
                                id)
                        .getFirst())
                .isTrue());
        assertThat(reason(site.shown(master, id))).isEmpty();
    }

    @Test
    void aHistoryGoesToTenDestinationsAtMost() {
        String master = site.master(project());
        receiver.answer(204, 0);
        for (int number = 0; number < 10; number++) {
            site.made(master, site.webhook(receiver.address("/")));
        }
        assertThat(site.post(master, PATH, site.webhook(receiver.address("/"))).status())
                .isEqualTo(403);
    }
}
