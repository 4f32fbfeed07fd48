package dev.unkai.cloud.certificate.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.certificate.RenewalAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;

/** The public certificate from a real ACME server, which calls a fifth of all good nonces bad. */
class AcmeTest {
    private static final String NAME = "cloud.example";
    private static final Pebble PEBBLE = new Pebble(new TestPki());

    private final AtomicInteger changes = new AtomicInteger();
    private final Path folder = TestFolder.create("unkai-acme");
    private final AcmeSettings settings = settings(folder, PEBBLE.questions(), NAME, "api." + NAME);

    @BeforeAll
    static void start() throws IOException {
        PEBBLE.start();
    }

    @AfterAll
    static void stop() {
        PEBBLE.close();
    }

    @Test
    void aCertificateIsHadForAllNamesAndWhenAThirdOfItsLifeIsLeftTheNextWithAKeyOfItsOwn() throws Exception {
        AcmeRenewal renewal = at(settings, Instant.now());
        renewal.step();
        X509Certificate first = own(settings);

        assertThat(first.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .contains(NAME, "api." + NAME);
        assertThat(taken(settings).chain()).as("with its chain").hasSize(2);
        assertThat(renewal.attempt().orElseThrow().failure()).isEmpty();
        assertThat(renewal.attempt().orElseThrow().next()).isNull();
        for (String file : List.of("account.key", "acme.pem", "acme.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(settings.state())).doesNotContain("PRIVATE", Pebble.BINDING.key());
        byte[] account = Files.readAllBytes(settings.accountKey());

        renewal.step();
        assertThat(own(settings)).as("nothing to do").isEqualTo(first);
        Instant from = first.getNotBefore().toInstant();
        Duration third = Duration.between(from, first.getNotAfter().toInstant()).dividedBy(3);
        at(settings, from.plus(third.multipliedBy(2)).minusSeconds(60)).step();
        assertThat(own(settings)).as("more than a third is left").isEqualTo(first);
        at(settings, from.plus(third.multipliedBy(2)).plusSeconds(60)).step();

        X509Certificate next = own(settings);
        assertThat(next.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(next.getPublicKey()).isNotEqualTo(first.getPublicKey());
        assertThat(Files.readAllBytes(settings.accountKey())).as("one account").isEqualTo(account);
        assertThat(changes).hasValue(2);
    }

    @Test
    void aProcessThatDiesBetweenItsStepsGoesOnWithTheSameOrder() throws Exception {
        // As it is left by one that was killed after the order, before any question was answered.
        Login login = new AcmeOrder(settings).login();
        Order order = ordered(login);
        at(settings, Instant.now()).step();
        order.fetch();
        assertThat(order.getStatus()).as("that very order").isEqualTo(Status.VALID);
        X509Certificate first = own(settings);

        // After the finalizing, before the certificate was fetched: its key is the one on the disk.
        Files.delete(settings.certificate());
        Order second = ordered(login);
        answered(second, () -> {
            second.execute(KeyFile.openOrMake(settings.orderKey()));
            return null;
        });
        at(settings, Instant.now()).step();
        assertThat(own(settings).getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        second.fetch();
        assertThat(own(settings)).isEqualTo(certificate(second));

        // After the certificate was put in its place, before that was noted.
        AcmeState.read(settings).begun("https://localhost:1/order").keep(settings);
        AcmeRenewal renewal = at(settings, Instant.now());
        renewal.step();
        assertThat(AcmeState.read(settings).order()).isNull();
        assertThat(own(settings)).isEqualTo(certificate(second));

        // An order that the server has forgotten, or whose key is lost, is no obstacle.
        Files.delete(settings.certificate());
        AcmeState.read(settings)
                .begun(PEBBLE.directory().resolve("/my-order/nobody").toString())
                .keep(settings);
        at(settings, Instant.now()).step();
        assertThat(own(settings)).isNotNull();
    }

    @Test
    void aRefusalIsSaidInTheServersWordsAndTriedAgainLaterAndLater() throws Exception {
        AcmeSettings blocked = settings(folder, PEBBLE.questions(), Pebble.BLOCKED);
        Instant now = Instant.now();
        AcmeRenewal renewal = at(blocked, now);
        renewal.step();

        RenewalAttempt attempt = renewal.attempt().orElseThrow();
        assertThat(attempt.failure().orElseThrow().reason()).isEqualTo("acme-refused");
        assertThat(attempt.failure().orElseThrow().detail()).contains(Pebble.BLOCKED);
        assertThat(attempt.at()).isEqualTo(now);
        assertThat(attempt.next()).isEqualTo(now.plus(Duration.ofMinutes(10)));
        at(blocked, now.plus(Duration.ofMinutes(9))).step();
        assertThat(changes).as("not before").hasValue(1);
        Instant later = now.plus(Duration.ofMinutes(10));
        at(blocked, later).step();
        assertThat(renewal.attempt().orElseThrow().next()).isEqualTo(later.plus(Duration.ofMinutes(20)));

        renewal.step();
        assertThat(changes).hasValue(2);
        renewal.woken("now");
        renewal.step();
        assertThat(changes).as("an operator does not want to wait").hasValue(3);

        // Other names are another question, asked at once.
        at(settings, later).step();
        assertThat(own(settings)).isNotNull();
    }

    @Test
    void aServerThatCannotAskUsBackSaysSoAndTheOrderIsGivenUp() throws Exception {
        AcmeSettings elsewhere = settings(folder, 0, NAME);
        AcmeRenewal renewal = at(elsewhere, Instant.now());
        renewal.step();

        RenewalAttempt.Failure failure =
                renewal.attempt().orElseThrow().failure().orElseThrow();
        assertThat(failure.reason()).isEqualTo("acme-refused");
        assertThat(failure.detail()).contains("connection refused");
        assertThat(AcmeState.read(elsewhere).order()).isNull();
    }

    @Test
    void aTakenPortAndAServerThatIsAwayAreTriedAgainSoonWithWhatWasBegun() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AcmeSettings taken = settings(folder, other.getLocalPort(), NAME);
            Instant now = Instant.now();
            AcmeRenewal renewal = at(taken, now);
            renewal.step();
            RenewalAttempt attempt = renewal.attempt().orElseThrow();
            assertThat(attempt.failure().orElseThrow().reason()).isEqualTo("acme-port");
            assertThat(attempt.failure().orElseThrow().values()).first().isEqualTo("127.0.0.1:" + other.getLocalPort());
            assertThat(attempt.next()).isEqualTo(now.plus(Duration.ofMinutes(1)));
        }
        String begun = AcmeState.read(settings(folder, 1, NAME)).order();
        assertThat(begun).isNotNull();

        AcmeSettings away = new AcmeSettings(
                java.net.URI.create("https://localhost:1/dir"),
                Optional.empty(),
                List.of(NAME),
                Optional.of(PEBBLE.authority()),
                Optional.empty(),
                "127.0.0.1",
                PEBBLE.questions(),
                TestFolder.create("unkai-acme"),
                true);
        AcmeRenewal renewal = at(away, Instant.now());
        renewal.step();
        assertThat(renewal.attempt().orElseThrow().failure().orElseThrow().reason())
                .isEqualTo("acme-unreachable");
        assertThat(renewal.attempt().orElseThrow().failure().orElseThrow().detail())
                .contains("https://localhost:1/dir", "no connection");
    }

    @Test
    void withoutTheAccountThatTheServerAsksForItIsRefused() throws Exception {
        AcmeSettings unbound = new AcmeSettings(
                PEBBLE.directory(),
                Optional.of("operator@cloud.example"),
                List.of(NAME),
                Optional.of(PEBBLE.authority()),
                Optional.empty(),
                "127.0.0.1",
                PEBBLE.questions(),
                folder,
                true);
        AcmeRenewal renewal = at(unbound, Instant.now());
        renewal.step();
        assertThat(renewal.attempt().orElseThrow().failure().orElseThrow().detail())
                .contains("externalAccountBinding");
        assertThat(unbound.certificate()).doesNotExist();
    }

    @Test
    void aProcessThatIsNotTheOneToOrderOnlyTellsWhatTheOtherDid() throws Exception {
        AcmeSettings second = new AcmeSettings(
                settings.directory(),
                settings.contact(),
                settings.names(),
                settings.authority(),
                settings.binding(),
                settings.address(),
                settings.port(),
                settings.folder(),
                false);
        AcmeRenewal other = at(second, Instant.now());
        other.step();
        assertThat(other.attempt()).isEmpty();
        AcmeState.fresh(settings).done(Instant.EPOCH).keep(settings);
        assertThat(other.attempt().orElseThrow().at()).isEqualTo(Instant.EPOCH);
    }

    private AcmeRenewal at(AcmeSettings wanted, Instant now) {
        return new AcmeRenewal(Optional.of(wanted), changes::incrementAndGet, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static AcmeSettings settings(Path folder, int port, String... names) {
        return new AcmeSettings(
                PEBBLE.directory(),
                Optional.of("operator@cloud.example"),
                List.of(names),
                Optional.of(PEBBLE.authority()),
                Optional.of(Pebble.BINDING),
                "127.0.0.1",
                port,
                folder,
                true);
    }

    private Order ordered(Login login) throws Exception {
        Files.deleteIfExists(settings.orderKey());
        KeyFile.openOrMake(settings.orderKey());
        Order order = login.newOrder().domains(settings.names()).create();
        AcmeState.fresh(settings).begun(order.getLocation().toString()).keep(settings);
        return order;
    }

    private interface Step {
        Object run() throws Exception;
    }

    /** Answers the questions of the order and then does what is asked for. */
    private void answered(Order order, Step step) throws Exception {
        var challenges = order.getAuthorizations().stream()
                .map(each -> each.findChallenge(Http01Challenge.class).orElseThrow())
                .toList();
        try (ChallengeDoor door = ChallengeDoor.open(
                settings.address(),
                settings.port(),
                challenges.stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Http01Challenge::getToken, Http01Challenge::getAuthorization)))) {
            assertThat(door).isNotNull();
            for (Http01Challenge challenge : challenges) {
                challenge.trigger();
            }
            assertThat(order.waitUntilReady(Duration.ofSeconds(20))).isEqualTo(Status.READY);
        }
        step.run();
    }

    private static X509Certificate certificate(Order order) throws Exception {
        var certificate = order.getCertificate();
        certificate.download();
        return certificate.getCertificate();
    }

    private static PemFiles taken(AcmeSettings settings) {
        return new PemFiles(settings.certificate(), settings.certificate(), settings.certificate());
    }

    /** Of the file that the public door shows, with the key that goes with it. */
    private static X509Certificate own(AcmeSettings settings) throws Exception {
        return (X509Certificate) taken(settings).keyStore().getCertificate("self");
    }
}
