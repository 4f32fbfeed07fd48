package dev.unkai.cloud.hosts.link;

import dev.unkai.base.tls.PemFiles;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The door for nodes: gRPC over mutual TLS, on a port of its own. */
@Component
public class NodeServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(NodeServer.class);
    private static final int LARGEST_MESSAGE = 16 << 20;

    /** 0 would be no limit. */
    private static final int SHORTEST_SESSION_SECONDS = 1;

    private final PemFiles pem;
    private final Path hostAuthority;
    private final InetSocketAddress address;
    private final NodeLinkService service;
    private final HostLinks links;
    private final Clock clock;
    private @Nullable Running running;

    private record Running(Server server, NioEventLoopGroup loop, ExecutorService work) {}

    NodeServer(
            PemFiles pem,
            @Value("${unkai.hosts.authority:}") String hostAuthority,
            @Value("${unkai.node-address:127.0.0.1}") String address,
            @Value("${unkai.node-port:0}") int port,
            NodeLinkService service,
            HostLinks links,
            Clock clock) {
        this.pem = pem;
        // Where hosts have an authority of their own, no other certificate makes a host.
        this.hostAuthority = hostAuthority.isEmpty() ? pem.authority() : Path.of(hostAuthority);
        this.address = new InetSocketAddress(address, port);
        this.service = service;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        // Two selector threads move the bytes of all nodes; the work itself is in virtual threads and may block.
        NioEventLoopGroup loop = new NioEventLoopGroup(2);
        ExecutorService work = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("node-call-", 0).factory());
        try {
            Server server = NettyServerBuilder.forAddress(address)
                    .sslContext(tls())
                    .bossEventLoopGroup(loop)
                    .workerEventLoopGroup(loop)
                    .channelType(NioServerSocketChannel.class)
                    .executor(work)
                    .addService(service)
                    .intercept(new PeerHost(clock))
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .keepAliveTimeout(5, TimeUnit.SECONDS)
                    .permitKeepAliveTime(2, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .build()
                    .start();
            running = new Running(server, loop, work);
            log.info("Nodes are served on {}:{}", address.getHostString(), server.getPort());
        } catch (IOException e) {
            loop.shutdownGracefully();
            work.close();
            throw new UncheckedIOException("Port " + address.getPort() + " for nodes cannot be opened", e);
        }
    }

    /** The port that is really open, for a configured port of 0. */
    public synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("The server for nodes does not run");
        }
        return running.server.getPort();
    }

    private SslContext tls() {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(pem.freshKeys()), SslProvider.JDK)
                    .trustManager(HostTrust.of(hostAuthority, clock))
                    // A resumed session would bring the certificate back that a host had before.
                    .sessionTimeout(SHORTEST_SESSION_SECONDS)
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate files for nodes cannot be used", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (running == null) {
            return;
        }
        links.closeAll();
        try {
            // The calls' last words are said in the work threads: these end after the server.
            running.server.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.work.shutdownNow();
        running.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        running = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
