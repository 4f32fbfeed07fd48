package dev.unkai.cloud.hosts.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.hosts.link.NodeServer;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.LeaveAnswer;
import dev.unkai.wire.node.LeaveRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that was off for longer than its certificate lasts comes back without anybody's doing, unless it was removed. */
class EndedCertificateTest {
    private static final TestPki PKI = new TestPki();
    private static RunningCloud cloud;

    @TempDir
    private Path folder;

    private final UUID host = UUID.randomUUID();
    private KeyPair key;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start(PKI);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void knowTheHost() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
        try (FakeNode node =
                new FakeNode(host, "host-" + host, 4, 8192, 100, certified(PKI, Instant.now()), port()).start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> hosts().contains(host.toString()));
        }
    }

    @Test
    void byOneThatHasEndedAHostMayAskForTheNextAndForNothingElse() throws Exception {
        PemFiles ended = certified(PKI, Instant.now().minus(Duration.ofDays(30)));
        assertThatThrownBy(() -> call(ended, link -> link.leave(LeaveRequest.getDefaultInstance())))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));

        CertificateAnswer next = call(ended, EndedCertificateTest::renewed);
        assertThat(next.getRefusal()).isEmpty();
        Files.writeString(ended.certificate(), next.getCertificate());
        LeaveAnswer heard = call(ended, link -> link.leave(LeaveRequest.getDefaultInstance()));
        assertThat(heard.getRefusal()).as("now it is let in").isEmpty();
    }

    @Test
    void aHostThatWasRemovedGetsNone() throws Exception {
        PemFiles ended = certified(PKI, Instant.now().minus(Duration.ofDays(30)));
        cloud.send(cloud.token("operator", "admin"), "DELETE", "/service/v1/hosts/" + host, null);

        CertificateAnswer answer = call(ended, EndedCertificateTest::renewed);

        assertThat(answer.getRefusal()).contains("removed");
        assertThat(answer.getCertificate()).isEmpty();
    }

    @Test
    void anotherAuthoritysCertificateIsNoneWhetherItHasEndedOrNot() throws Exception {
        for (Duration age : java.util.List.of(Duration.ZERO, Duration.ofDays(30))) {
            PemFiles strange = certified(new TestPki(), Instant.now().minus(age));
            assertThatThrownBy(() -> call(strange, EndedCertificateTest::renewed))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }

    private static CertificateAnswer renewed(NodeLinkGrpc.NodeLinkBlockingStub link) {
        return link.renewCertificate(CertificateRequest.getDefaultInstance());
    }

    /** What the host has that was certified at this instant; the cloud's own authority is believed. */
    private PemFiles certified(TestPki by, Instant at) throws Exception {
        PemFiles of = by.issue("authority");
        HostAuthority authority = new HostAuthority(
                of.authority().toString(),
                of.authority().resolveSibling("ca.key").toString(),
                Clock.fixed(at, ZoneOffset.UTC));
        StringWriter secret = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(secret)) {
            writer.writeObject(new JcaPKCS8Generator(key.getPrivate(), null).generate());
        }
        return new PemFiles(
                Files.writeString(
                        folder.resolve("certificate"),
                        authority
                                .sign(new HostAuthority.Request(key.getPublic()), host)
                                .pem()),
                Files.writeString(folder.resolve("key"), secret.toString()),
                PKI.issue("cloud-authority").authority());
    }

    private <T> T call(PemFiles own, Function<NodeLinkGrpc.NodeLinkBlockingStub, T> what) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port())
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(own.certificate().toFile(), own.key().toFile())
                        .trustManager(own.authority().toFile())
                        .build())
                .build();
        try {
            return what.apply(NodeLinkGrpc.newBlockingStub(channel));
        } finally {
            channel.shutdownNow();
        }
    }

    private String hosts() {
        return cloud.send(cloud.token("operator", "admin"), "GET", "/service/v1/hosts", null)
                .text();
    }

    private int port() {
        return cloud.context().getBean(NodeServer.class).port();
    }
}
