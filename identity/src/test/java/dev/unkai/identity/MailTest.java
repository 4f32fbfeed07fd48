package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.Transactions;
import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.web.mail.MailOutbox;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators see of the outbox where no relay is configured, as on one machine. */
class MailTest {
    private static final String MAILS = "/identity/service/v1/identity-mails";
    private static final String SECRET = "a-single-use-token";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String operator = identity.token("Default", "operator");

    @Test
    void anOperatorReadsMailsButSeesTheirLinksOnlyByAnActThatIsRecorded() {
        String recipient = "yuki" + System.nanoTime() + "@customer.example";
        post(recipient);

        Answer list = identity.get(MAILS, operator);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body().get("relay").isNull()).isTrue();
        JsonNode mail = StreamSupport.stream(list.body().get("mails").spliterator(), false)
                .filter(each -> each.get("recipient").asString().equals(recipient))
                .findFirst()
                .orElseThrow();
        String own = MAILS + "/" + mail.get("id").asString();
        assertThat(mail.get("state").asString()).isEqualTo("waiting");
        assertThat(mail.get("secret").asBoolean()).isTrue();
        Answer shown = identity.get(own, operator);
        assertThat(shown.body().get("body").asString())
                .contains("Dear Yuki")
                .contains("https://cloud.test:8443/sample#●");
        assertThat(list.raw().body() + shown.raw().body()).doesNotContain(SECRET);

        Answer opened = identity.send("POST", own + "/opening", operator, null);

        assertThat(opened.body().get("body").asString()).contains("https://cloud.test:8443/sample#" + SECRET);
        assertThat(opened.body().at("/mail/openedBy").asString()).isEqualTo("operator");
        JsonNode event = identity.events().getLast();
        assertThat(event.get("action").asString()).isEqualTo("read/secret");
        assertThat(event.at("/target/id").asString()).isEqualTo(mail.get("id").asString());
        assertThat(identity.events().toString()).doesNotContain(SECRET).doesNotContain(recipient);
    }

    @Test
    void withoutARelayNothingCanBeSentAgain() {
        post("yuki@customer.example");
        String id = identity.get(MAILS, operator).body().at("/mails/0/id").asString();

        Answer answer = identity.send("POST", MAILS + "/" + id + "/retry", operator, null);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().at("/error/message").asString()).contains("unkai.mail.host");
        assertThat(identity.get(MAILS + "/no-id", operator).status()).isEqualTo(404);
    }

    private void post(String recipient) {
        Mail mail = new Mail(
                "sample",
                Mail.Language.EN,
                MailAddress.parse(recipient).orElseThrow(),
                Map.of("name", "Yuki"),
                Map.of("token", SECRET),
                null);
        MailOutbox outbox = identity.context.getBean(MailOutbox.class);
        identity.context.getBean(Transactions.class).doAsSystem(db -> outbox.post(db, mail));
    }
}
