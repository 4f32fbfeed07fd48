package dev.unkai.bench;

import dev.unkai.bench.SimulatedHost.Face;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/** Simulated hosts of a site, each with a connection and a certificate of its own; they share two threads for their bytes. */
final class SimulatedHosts implements AutoCloseable {
    private static final Logger log = Logger.getLogger(SimulatedHosts.class.getName());

    private final HostAuthority authority;
    private final Path certificate;
    private final int port;
    private final NioEventLoopGroup loop = new NioEventLoopGroup(2);
    private final ExecutorService work = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("simulated-", 0).factory());
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("simulated-clock").factory());
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final AtomicInteger planned = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    /** @param data the site's directory */
    SimulatedHosts(Path data) throws IOException, GeneralSecurityException {
        authority = new HostAuthority(data.resolve("pki"));
        certificate = data.resolve("pki/ca.crt");
        port = nodePort(data);
    }

    SimulatedHost attach(Face face) throws IOException, GeneralSecurityException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .executor(work)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(authority.key(), authority.issue(face.id()))
                        .trustManager(certificate.toFile())
                        .build())
                .build();
        SimulatedHost host = new SimulatedHost(face, this, channel);
        hosts.add(host);
        return host;
    }

    /** Returns when every host has got its first plan. */
    void awaitPlans() {
        while (planned.get() < hosts.size()) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    void planned() {
        planned.incrementAndGet();
    }

    void left(String reason) {
        if (left.getAndIncrement() == 0) {
            log.info(() -> "A simulated host lost its connection (" + reason + "); it comes back");
        }
    }

    /** How often hosts were sent away since the last call. */
    int takeLeft() {
        return left.getAndSet(0);
    }

    private static int nodePort(Path data) throws IOException {
        for (String line : Files.readAllLines(data.resolve("etc/cloud.yaml"))) {
            if (line.strip().startsWith("node-port:")) {
                return Integer.parseInt(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("etc/cloud.yaml names no node-port");
    }

    @Override
    public void close() {
        hosts.forEach(SimulatedHost::close);
        clock.shutdownNow();
        work.shutdownNow();
        loop.shutdownGracefully();
    }
}
