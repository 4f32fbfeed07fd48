package dev.unkai.node.link;

import dev.unkai.base.tls.FreshKeys;
import dev.unkai.base.tls.PemFiles;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Makes the mutual-TLS connection to the cloud; only a peer whose certificate says CN=cloud is believed. */
public final class CloudChannel {
    /** The longest message: a plan of some thousand guests with their user data. */
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    /** After which the next of the cloud's processes is tried. */
    private static final int CONNECT_MILLIS = 3_000;

    private CloudChannel() {}

    /**
     * @param addresses {@code host:port} of the cloud's processes: the channel goes to the first that lets it in
     * @param authority host name to expect in the cloud's certificate, when it is not that of the address
     */
    public static ManagedChannel open(
            List<String> addresses, Optional<String> authority, PemFiles tls, Executor executor) {
        try {
            FreshKeys keys = new FreshKeys(tls);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(tls.trustStore());
            EventLoopGroup loop = new NioEventLoopGroup(
                    1, Thread.ofPlatform().daemon().name("cloud-", 0).factory());
            NettyChannelBuilder builder = NettyChannelBuilder.forTarget(CloudAddresses.target(addresses))
                    .sslContext(GrpcSslContexts.configure(
                                    io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder.forClient(),
                                    SslProvider.JDK)
                            .keyManager(keys)
                            .trustManager(new OnlyCloud(trust))
                            .build())
                    .eventLoopGroup(loop)
                    .channelType(NioSocketChannel.class)
                    .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                    .executor(executor)
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .keepAliveTimeout(5, TimeUnit.SECONDS)
                    .idleTimeout(1, TimeUnit.DAYS);
            authority.ifPresent(builder::overrideAuthority);
            return builder.build();
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException("The certificate files cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("The certificate files cannot be read: " + e.getMessage(), e);
        }
    }
}
