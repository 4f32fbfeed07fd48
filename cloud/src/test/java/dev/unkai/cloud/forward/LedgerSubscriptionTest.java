package dev.unkai.cloud.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.cloud.RunningCloud.Answer;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The published rounds by mail: from the form on the public page to the end of the subscription. */
class LedgerSubscriptionTest {
    private static final String ROOT = "/service/v1/ledger/";
    private static final Pattern LINK = Pattern.compile("https://cloud.example/ledger/(verify|unsubscribe)#(\\S+)");

    private static RunningForwarding site;
    private static String operator;

    @BeforeAll
    static void start() {
        site = new RunningForwarding();
        operator = site.cloud.tokenOf("root", "default", "office", "default", "admin");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void nobodySubscribes() {
        site.sql("delete from ledger_subscription");
    }

    private static Answer post(String path, String body) {
        return site.cloud.send(null, "POST", ROOT + path, body);
    }

    private static Answer subscribe(String email) {
        return post("subscriptions", "{\"email\":\"" + email + "\",\"language\":\"en\"}");
    }

    private static List<String> mails(String email, String template) {
        return site.rows(
                String.class,
                "select id::text from mail where recipient = ? and template = ? order by posted_at, id",
                email,
                template);
    }

    /** The newest such mail with its link, as an operator reads it while no relay is set. */
    private static String opened(String email, String template) {
        String id = mails(email, template).getLast();
        JsonNode mail = site.cloud
                .send(operator, "POST", "/service/v1/mails/" + id + "/opening", null)
                .json();
        return mail.path("body").asString(mail.at("/mail/body").asString(mail.toString()));
    }

    private static String token(String text) {
        Matcher link = LINK.matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return "{\"token\":\"" + link.group(2).replaceAll("[^A-Za-z0-9_-].*", "") + "\"}";
    }

    @Test
    void whoVerifiesHisAddressGetsTheRoundOfEachDayUntilHeEndsIt() {
        String email = "yuki@reader.example";
        assertThat(subscribe(email).status()).isEqualTo(202);
        assertThat(mails(email, "ledger-round")).isEmpty();
        String link = token(opened(email, "ledger-verify"));
        assertThat(post("subscription-verifications", link).status()).isEqualTo(204);
        assertThat(post("subscription-verifications", link).status()).as("once").isEqualTo(410);

        await().untilAsserted(() -> assertThat(mails(email, "ledger-round")).hasSize(1));
        String mail = opened(email, "ledger-round");
        var round = site.ledger.published().round().round();
        assertThat(mail)
                .contains("Round: " + round.number())
                .contains(HexFormat.of().formatHex(round.root()));
        String end = token(mail);
        site.sql("update ledger_subscription set sent_on = sent_on - 1");
        // What wakes the one who sends is another's verification.
        verified("other@reader.example");
        await().untilAsserted(() -> assertThat(mails(email, "ledger-round")).hasSize(2));

        assertThat(post("subscription-endings", end).status())
                .as("also by an older mail")
                .isEqualTo(204);
        site.sql("update ledger_subscription set sent_on = sent_on - 1");
        verified("third@reader.example");
        await().untilAsserted(() ->
                assertThat(mails("other@reader.example", "ledger-round")).hasSize(2));
        assertThat(mails(email, "ledger-round")).hasSize(2);
        assertThat(post("subscription-endings", end).status()).isEqualTo(410);
    }

    private static void verified(String email) {
        subscribe(email);
        assertThat(post("subscription-verifications", token(opened(email, "ledger-verify")))
                        .status())
                .isEqualTo(204);
        await().untilAsserted(() -> assertThat(mails(email, "ledger-round")).isNotEmpty());
    }

    @Test
    void nobodyLearnsWhoSubscribesAndWhoSubscribesTwiceGetsOneMail() {
        String email = "hana@reader.example";
        verified(email);
        Answer known = subscribe(email);
        Answer unknown = subscribe("nobody@reader.example");

        assertThat(known.status()).isEqualTo(unknown.status());
        assertThat(known.text()).isEqualTo(unknown.text());
        assertThat(mails(email, "ledger-verify")).hasSize(2);
        assertThat(post("subscription-verifications", token(opened(email, "ledger-verify")))
                        .status())
                .isEqualTo(204);
        assertThat(site.rows(Long.class, "select count(*) from ledger_subscription where verified_at is not null"))
                .containsExactly(1L);
        assertThat(mails(email, "ledger-round")).as("one a day").hasSize(1);
        assertThat(site.ledger.history("provider").toString()).doesNotContain(email);
    }

    @Test
    void aSourceAndAnAddressAreBounded() {
        for (int number = 0; number < 5; number++) {
            assertThat(subscribe("many@reader.example").status()).isEqualTo(202);
        }
        assertThat(mails("many@reader.example", "ledger-verify")).hasSize(3);
        assertThat(subscribe("more@reader.example").status()).isEqualTo(429);
        assertThat(mails("more@reader.example", "ledger-verify")).isEmpty();
        for (String wrong : List.of(
                "{\"email\":\"x\",\"language\":\"en\"}", "{\"email\":\"a@b.example\",\"language\":\"fr\"}", "{}")) {
            assertThat(post("subscriptions", wrong).status()).isEqualTo(400);
        }
        assertThat(post("subscription-endings", "{\"token\":\"x\"}").status()).isEqualTo(404);
        assertThat(post("subscriptions", "{\"email\":\"bot@reader.example\",\"language\":\"en\",\"website\":\"x\"}")
                        .status())
                .isEqualTo(202);
        assertThat(mails("bot@reader.example", "ledger-verify")).isEmpty();
    }
}
