package dev.unkai.web.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.Ids;
import dev.unkai.base.access.Reach;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.base.tls.TestPki;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailSettings.Security;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails from the outbox of a real database to a real SMTP server, which fails in every way that relays fail. */
class MailSendingTest {
    private static final TestPki PKI = new TestPki();
    private static final URI CLOUD = URI.create("https://cloud.example");
    private static final MailAddress YUKI =
            MailAddress.parse("yuki@customer.example").orElseThrow();

    @TempDir
    private static Path folder;

    private static KeySeal seal;
    private static HikariDataSource api;
    private static HikariDataSource system;
    private static Transactions transactions;

    private final SettableClock clock = new SettableClock();
    private SmtpServer relay;

    @BeforeAll
    static void start() {
        PostgresFixture.Database database = PostgresFixture.database("cloud").migrated();
        api = database.api().pool("mail-api", 2);
        system = database.system().pool("mail-system", 2);
        transactions = new Transactions(api, system, new Wakeups());
        seal = KeySeal.at(folder.resolve("cloud.key"));
    }

    @AfterAll
    static void stop() {
        api.close();
        system.close();
    }

    @BeforeEach
    void relay() {
        relay = new SmtpServer(PKI.issue("relay"));
    }

    @AfterEach
    void clean() {
        relay.close();
        transactions.doAsSystem(db -> {
            db.sql("delete from mail").update();
            db.sql("delete from outbox").update();
        });
    }

    @Test
    void goesOutOnceWithItsLinkByTlsAndIsForgottenThere() throws Exception {
        post("Yuki\r\nBcc: everybody@customer.example", Language.JA, "s3cret-token", null);

        assertThat(sender().step()).isTrue();
        assertThat(sender().step()).isFalse();

        MimeMessage mail = only();
        assertThat(mail.getSubject()).isEqualTo("【Unkai】Yuki Bcc: everybody@customer.example様へのお知らせ");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(YUKI.value());
        assertThat(mail.getFrom()[0].toString()).contains("no-reply@cloud.example");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat((String) mail.getContent())
                .contains("https://cloud.example/sample#s3cret-token")
                .contains("次のリンク");
        assertThat(relay.commands()).contains("STARTTLS", "AUTH");
        assertThat(column("state")).isEqualTo("sent");
        assertThat(count("select count(*) from mail_secret")).isZero();
        assertThat(everythingKept()).doesNotContain("s3cret-token");
    }

    @Test
    void itsLinkLiesInTheDatabaseSealedForThisMailOnly() {
        post("Yuki", Language.EN, "s3cret-token", null);
        post("Sora", Language.EN, "another-token", null);

        assertThat(everythingKept()).contains("Yuki").doesNotContain("s3cret-token");
        assertThat(text("select string_agg(encode(sealed, 'escape'), ' ') from mail_secret"))
                .doesNotContain("s3cret")
                .doesNotContain("token");

        // Moved to another mail by who writes in the database, it opens nothing, and is not sent to that mail's reader.
        system("update mail_secret set sealed = (select s.sealed from mail_secret s join mail m on m.id = s.mail_id"
                + " where m.body like '%Yuki%')");
        sender().step();
        sender().step();
        assertThat(relay.taken()).singleElement().asString().contains("s3cret-token");
        assertThat(text("select state || ' ' || last_error from mail where body like '%Sora%'"))
                .startsWith("waiting Its link was sealed with a key file");
    }

    @Test
    void waitsForTheKeyThatItsLinkWasSealedWith() throws Exception {
        post("Yuki", Language.EN, "s3cret-token", null);
        Path file = folder.resolve("renewed.key");
        KeySeal strange = KeySeal.at(file);
        MailSettings settings = settings(relay.port());

        sender(settings, strange).step();
        assertThat(column("state")).isEqualTo("waiting");
        assertThat(column("last_error")).contains("key file");
        assertThat(relay.taken()).isEmpty();

        Files.copy(folder.resolve("cloud.key"), KeySeal.former(file));
        clock.advance(Duration.ofMinutes(1));
        sender(settings, KeySeal.existing(file)).step();
        assertThat(column("state")).isEqualTo("sent");
        assertThat(only().getContent().toString()).contains("s3cret-token");
    }

    @Test
    void aLinkThatAnEarlierVersionLeftInTheClearIsSealedAtTheStart() {
        post("Yuki", Language.EN, "s3cret-token", null);
        system("update mail_secret set sealed = null, clear = 's3cret-token'");

        transactions.doAsSystem(new MailSecrets(seal)::sealWhatLiesOpen);

        assertThat(everythingKept()).doesNotContain("s3cret-token");
        sender().step();
        assertThat(relay.taken()).singleElement().asString().contains("s3cret-token");
    }

    @Test
    void isWrittenWithTheDecisionOrNotAtAll() {
        assertThatThrownBy(() -> transactions.doAsSystem(db -> {
                    outbox().post(db, sample("Yuki", Language.EN, "t", null));
                    throw new IllegalStateException("the decision fails");
                }))
                .hasMessage("the decision fails");
        sender().step();

        assertThat(count("select count(*) from mail")).isZero();
        assertThat(relay.taken()).isEmpty();
    }

    @Test
    void mayBePostedByAnyRequestButIsReadByNoneButTheProviders() {
        transactions.doAsCaller(
                () -> new Reach.Nothing(), db -> outbox().post(db, sample("Yuki", Language.EN, "t", null)));

        for (Reach reach : List.of(new Reach.Nothing(), new Reach.Project("p"))) {
            transactions.doAsCaller(() -> reach, db -> {
                assertThat(db.sql("select count(*) from mail")
                                .query(Integer.class)
                                .single())
                        .isZero();
                assertThat(db.sql("select count(*) from mail_secret")
                                .query(Integer.class)
                                .single())
                        .isZero();
            });
        }
        assertThat(count("select count(*) from mail_secret")).isOne();
    }

    @Test
    void comesTwiceWithOneMessageIdWhenTheRelayGoesAwayAfterTakingIt() throws Exception {
        post("Yuki", Language.EN, "token", null);
        relay.fails(new SmtpServer.Fault.Silence());

        assertThat(sender().step()).isFalse();
        assertThat(column("state")).isEqualTo("waiting");
        assertThat(sender().step()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(sender().step()).isTrue();

        assertThat(relay.taken()).hasSize(2);
        assertThat(parse(relay.taken().get(0)).getMessageID())
                .isEqualTo(parse(relay.taken().get(1)).getMessageID())
                .startsWith("<" + column("id") + "@");
    }

    @Test
    void isSentBySomebodyElseWhenItsSenderDiesInTheMiddle() {
        post("Yuki", Language.EN, "token", null);
        // What a process leaves that dies while it sends: the try is written down, and when the next may be made.
        transactions.doAsSystem(db -> db.sql("update mail set tries = 1, try_at = ?")
                .param(java.sql.Timestamp.from(clock.instant().plus(Duration.ofMinutes(6))))
                .update());
        assertThat(sender().step()).isFalse();
        clock.advance(Duration.ofMinutes(6));

        assertThat(sender().step()).isTrue();
        assertThat(column("state")).isEqualTo("sent");
        assertThat(column("tries")).isEqualTo("2");
    }

    @Test
    void waitsLongerAfterEachFailureAndGivesUpWithAnAlarm() {
        post("Yuki", Language.EN, "s3cret-token", null);
        MailSender sender = sender(settings(relay.port(), Duration.ofHours(2)));
        int tries = 0;
        while (column("state").equals("waiting")) {
            relay.fails(new SmtpServer.Fault.Answer("RCPT", "451 try again later"));
            assertThat(sender.step()).isTrue();
            tries++;
            assertThat(column("tries")).isEqualTo(String.valueOf(tries));
            assertThat(column("last_error")).contains("451 try again later");
            clock.advance(MailSender.pause(tries));
        }

        assertThat(MailSender.pause(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(MailSender.pause(4)).isEqualTo(Duration.ofMinutes(8));
        assertThat(MailSender.pause(500)).isEqualTo(Duration.ofHours(1));
        // After 0, 1, 3, 7, 15, 31 and 63 minutes; the eighth would be too late.
        assertThat(tries).isEqualTo(7);
        assertThat(column("state")).isEqualTo("failed");
        assertThat(alarms())
                .singleElement()
                .asString()
                .contains("Undeliverable")
                .doesNotContain("yuki");
        assertThat(relay.taken()).isEmpty();
        assertThat(count("select count(*) from mail_secret")).isZero();
    }

    @Test
    void isGivenUpAtOnceWhenTheRelayRefusesTheAddressOrTheMailForGood() {
        for (String command : List.of("RCPT", ".")) {
            post("Yuki", Language.EN, "token", null);
            relay.fails(new SmtpServer.Fault.Answer(command, "550 no such mailbox"));
            assertThat(sender().step()).isTrue();
            assertThat(column("state")).as(command).isEqualTo("failed");
            assertThat(column("last_error")).contains("550 no such mailbox");
            assertThat(alarms()).hasSize(1);
            clean();
            relay();
        }
    }

    @Test
    void waitsWhileTheRelayRefusesUsOrIsAway() {
        post("Yuki", Language.EN, "token", null);
        relay.fails(new SmtpServer.Fault.Answer("AUTH", "535 not you"));
        assertThat(sender().step()).isFalse();
        assertThat(column("state")).isEqualTo("waiting");
        clock.advance(Duration.ofMinutes(1));
        relay.fails(new SmtpServer.Fault.Answer("MAIL", "550 not from here"));
        var _ = sender().step();
        assertThat(column("state")).isEqualTo("waiting");
        clock.advance(Duration.ofMinutes(2));
        int port = relay.port();
        relay.close();
        assertThat(sender(settings(port)).step()).isFalse();
        assertThat(column("state")).isEqualTo("waiting");
        assertThat(alarms()).isEmpty();
        assertThat(everythingKept() + settings(port))
                .as("the relay's password is nowhere, nor in what a log would have of its settings")
                .contains("127.0.0.1:" + port)
                .doesNotContain(SmtpServer.PASSWORD);
    }

    @Test
    void saysNothingInTheClearWhenTlsIsNotOffered() {
        post("Yuki", Language.EN, "token", null);
        relay.hideTls();

        assertThat(sender().step()).isFalse();
        assertThat(column("state")).isEqualTo("waiting");
        assertThat(column("last_error")).contains("STARTTLS");
        assertThat(relay.commands()).noneMatch(line -> line.matches("(AUTH|MAIL|RCPT|DATA).*"));
    }

    @Test
    void isGivenUpWhenItsLinkHasEnded() {
        post("Yuki", Language.EN, "token", clock.instant().plus(Duration.ofMinutes(30)));
        clock.advance(Duration.ofMinutes(31));

        assertThat(sender().step()).isFalse();
        assertThat(column("state")).isEqualTo("failed");
        assertThat(relay.taken()).isEmpty();
        assertThat(alarms()).hasSize(1);
    }

    @Test
    void staysWithoutARelayUntilOneIsThere() {
        post("Yuki", Language.EN, "token", null);
        MailSettings none = new MailSettings(
                null, 587, Security.STARTTLS, null, null, null, null, "Unkai", Duration.ofDays(4), Duration.ofDays(90));
        assertThat(new MailSender(transactions, seal, none, null, "cloud", clock).step())
                .isFalse();
        clock.advance(Duration.ofDays(30));
        assertThat(column("state")).isEqualTo("waiting");

        assertThat(sender().step()).isTrue();
        assertThat(column("state")).isEqualTo("sent");
    }

    @Test
    void isNotKeptForEver() {
        post("Yuki", Language.EN, "token", null);
        assertThat(sender().step()).isTrue();
        clock.advance(Duration.ofDays(91));
        assertThat(sender().step()).isFalse();
        assertThat(count("select count(*) from mail")).isZero();
    }

    @Test
    void aTemplateThatIsNotThereOrLacksAValueIsFoundWhenTheMailIsWritten() {
        Mail lacking = new Mail("sample", Language.EN, YUKI, Map.of(), Map.of("token", "t"), null);
        assertThatThrownBy(() -> transactions.doAsSystem(db -> outbox().post(db, lacking)))
                .hasMessageContaining("{name}");
        assertThatThrownBy(() -> transactions.doAsSystem(
                        db -> outbox().post(db, Mail.open("nothing", Language.EN, YUKI, Map.of()))))
                .hasMessageContaining("no mail template");
    }

    @Test
    void addressesAreTakenAsRelaysTakeThem() {
        assertThat(MailAddress.parse(" Yuki.Sato+cloud@Customer.Example ").map(MailAddress::value))
                .contains("Yuki.Sato+cloud@customer.example");
        assertThat(MailAddress.parse("yuki@日本語.jp").map(MailAddress::value)).contains("yuki@xn--wgv71a119e.jp");
        for (String bad : List.of(
                "",
                "yuki",
                "@b.example",
                "a@b",
                "a b@c.example",
                "a@b.example, c@d.example",
                "a@b.example\r\nBcc: x@y.example",
                "\"a b\"@c.example",
                "a@[203.0.113.9]",
                "a..b@c.example",
                "a@-b.example",
                "雪@b.example",
                "a".repeat(65) + "@b.example",
                "a@" + "b".repeat(64) + ".example")) {
            assertThat(MailAddress.parse(bad)).as(bad).isEmpty();
        }
        assertThat(YUKI.shortened()).isEqualTo("y…@customer.example");
    }

    private void post(String name, Language language, String token, @Nullable Instant goodUntil) {
        transactions.doAsSystem(db -> outbox().post(db, sample(name, language, token, goodUntil)));
    }

    private static Mail sample(String name, Language language, String token, @Nullable Instant goodUntil) {
        return new Mail("sample", language, YUKI, Map.of("name", name), Map.of("token", token), goodUntil);
    }

    private MailOutbox outbox() {
        return new MailOutbox(transactions, seal, settings(relay.port()), CLOUD.toString(), Ids.random(), clock);
    }

    private MailSender sender() {
        return sender(settings(relay.port()));
    }

    private MailSender sender(MailSettings settings) {
        return sender(settings, seal);
    }

    private MailSender sender(MailSettings settings, KeySeal seal) {
        return new MailSender(
                transactions, seal, settings, new MailRelay(settings, settings.sender(CLOUD)), "cloud", clock);
    }

    private static MailSettings settings(int port) {
        return settings(port, Duration.ofDays(4));
    }

    private static MailSettings settings(int port, Duration giveUpAfter) {
        Path authority = PKI.issue("anybody").authority();
        return new MailSettings(
                "127.0.0.1",
                port,
                Security.STARTTLS,
                SmtpServer.USER,
                SmtpServer.PASSWORD,
                authority,
                null,
                "Unkai",
                giveUpAfter,
                Duration.ofDays(90));
    }

    private MimeMessage only() throws Exception {
        assertThat(relay.taken()).hasSize(1);
        return parse(relay.taken().getFirst());
    }

    private static MimeMessage parse(String raw) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }

    private static void system(String sql) {
        transactions.doAsSystem(db -> db.sql(sql).update());
    }

    private static String text(String sql) {
        return transactions.asSystem(db -> db.sql(sql).query(String.class).single());
    }

    private static String column(String name) {
        return transactions.asSystem(db -> db.sql("select " + name + "::text from mail")
                .query(String.class)
                .single());
    }

    private static int count(String sql) {
        return transactions.asSystem(db -> db.sql(sql).query(Integer.class).single());
    }

    private static String everythingKept() {
        return transactions.asSystem(db -> db.sql("select (select string_agg(m::text, '') from mail m)"
                        + " || (select coalesce(string_agg(s::text, ''), '') from mail_secret s)"
                        + " || (select coalesce(string_agg(event, ''), '') from outbox)")
                .query(String.class)
                .single());
    }

    private static List<String> alarms() {
        return transactions.asSystem(db -> db.sql("select event from outbox where event like '%\"alarm\"%'")
                .query(String.class)
                .list());
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-26T03:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
