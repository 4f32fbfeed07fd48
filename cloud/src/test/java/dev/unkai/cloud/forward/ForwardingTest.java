package dev.unkai.cloud.forward;

import static dev.unkai.cloud.forward.RunningForwarding.PATH;
import static dev.unkai.cloud.forward.RunningForwarding.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.forward.Receiver.Delivery;
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
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Histories on their way to a real rsyslogd and to a web server, through what can go wrong on it. */
class ForwardingTest extends ForwardingFixture {
    private static final Pattern PLACE = Pattern.compile(" place=\"(\\d+)\"");
    private static RealRsyslog rsyslog;

    @BeforeAll
    static void startRsyslog() {
        rsyslog = new RealRsyslog(site.siem);
    }

    @AfterAll
    static void stopRsyslog() {
        rsyslog.close();
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
}
