package dev.unkai.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.tls.FreshKeys;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.node.FakeCloud;
import dev.unkai.node.TestCertificates;
import dev.unkai.wire.node.CertificateAnswer;
import io.grpc.ManagedChannel;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real certificates over a real connection; only the time is not. */
class CertificateRenewalTest {
    private static final UUID HOST = UUID.randomUUID();

    @TempDir
    private Path folder;

    private TestCertificates authority;
    private PemFiles own;
    private FakeCloud cloud;
    private ManagedChannel channel;
    private X509Certificate first;

    @BeforeEach
    void start() throws Exception {
        authority = new TestCertificates(folder);
        own = authority.issueHost("node", HOST);
        first = present();
        cloud = new FakeCloud(authority.issue("cloud"));
        channel = CloudChannel.open(
                List.of("127.0.0.1:" + cloud.port()),
                Optional.of("localhost"),
                own,
                Executors.newVirtualThreadPerTaskExecutor());
        cloud.certificates = () -> answer(authority.again("node"));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        cloud.close();
    }

    @Test
    void itIsAskedForWhenAThirdOfItsLifeIsLeftAndNotBefore() throws Exception {
        at(0.6);
        assertThat(cloud.renewals).hasValue(0);
        assertThat(present()).isEqualTo(first);

        at(0.7);
        assertThat(cloud.renewals).hasValue(1);
        assertThat(present().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(present().getPublicKey()).isEqualTo(first.getPublicKey());
    }

    /** By what OVN's controller goes: it reads both anew when both have changed, and looks at the key first. */
    @Test
    void theKeysFileLooksChangedAfterTheCertificates() throws Exception {
        Files.setLastModifiedTime(own.key(), FileTime.from(Instant.EPOCH));
        at(0.7);
        assertThat(Files.getLastModifiedTime(own.key()))
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(own.certificate()));

        // The node died in between.
        Files.setLastModifiedTime(own.key(), FileTime.from(Instant.EPOCH));
        at(0.1);
        assertThat(Files.getLastModifiedTime(own.key()))
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(own.certificate()));
    }

    @Test
    void theNextConnectionIsMadeByTheNewOne() throws Exception {
        FreshKeys keys = new FreshKeys(own);
        String alias = keys.chooseClientAlias(new String[] {"EC"}, null, null);
        assertThat(keys.getCertificateChain(alias)[0]).isEqualTo(first);

        at(0.9);
        assertThat(keys.getCertificateChain(keys.chooseClientAlias(new String[] {"EC"}, null, null))[0])
                .isEqualTo(present())
                .isNotEqualTo(first);

        Files.writeString(own.certificate(), "nothing that is a certificate");
        assertThat(keys.getCertificateChain(keys.chooseClientAlias(new String[] {"EC"}, null, null)))
                .as("the last good one")
                .isNotEmpty();
    }

    @Test
    void aRefusalAnOlderCloudAndSomebodyElsesCertificateLeaveThePresentOneInPlace() throws Exception {
        cloud.certificates = () -> CertificateAnswer.newBuilder()
                .setRefusal("The host has been removed.")
                .build();
        at(0.9);
        PemFiles other = authority.issueHost("other", HOST);
        cloud.certificates = () -> answer(other);
        at(0.9);
        assertThat(cloud.renewals).hasValue(2);
        cloud.certificates = null; // as gRPC answers a call that is not known
        at(0.9);

        assertThat(present()).isEqualTo(first);
    }

    /** Looks once, when so much of the first certificate's life has gone. */
    private void at(double part) {
        Instant begin = first.getNotBefore().toInstant();
        Duration life = Duration.between(begin, first.getNotAfter().toInstant());
        Instant now = begin.plusMillis((long) (life.toMillis() * part));
        new CertificateRenewal(channel, own, Clock.fixed(now, ZoneOffset.UTC)).check();
    }

    private X509Certificate present() throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(own.certificate())));
    }

    private static CertificateAnswer answer(PemFiles files) {
        try {
            return CertificateAnswer.newBuilder()
                    .setCertificate(Files.readString(files.certificate()))
                    .build();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
