package dev.unkai.cloud.forward;

import static dev.unkai.cloud.forward.RunningForwarding.PATH;
import static dev.unkai.cloud.forward.RunningForwarding.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.forward.store.DeliveryStore;
import dev.unkai.cloud.forward.store.DeliveryStore.Leased;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where histories never go, whose nobody gets, and that none is sent by two or passed over when a process dies. */
class ForwardingBoundsTest extends ForwardingFixture {
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
