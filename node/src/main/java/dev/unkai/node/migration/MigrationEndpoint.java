package dev.unkai.node.migration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes bring guests to: one TCP port with mutual TLS. A connection is answered only when the plan lets the guest come from
 * the host that the peer's certificate names.
 */
public final class MigrationEndpoint {
    private static final Logger log = LoggerFactory.getLogger(MigrationEndpoint.class);
    private static final int BACKLOG = 64;
    private static final int GREETING_MILLIS = 10_000;

    private final SSLServerSocket server;
    private final String address;
    private final Arrivals arrivals;
    private final Sockets sockets;

    /**
     * @param address host name or address that the other nodes reach this host by
     * @param port 0: any
     */
    public MigrationEndpoint(SSLContext tls, String address, int port, Arrivals arrivals, Sockets sockets)
            throws IOException {
        this.server = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
        this.server.setNeedClientAuth(true);
        this.server.setReuseAddress(true);
        this.server.bind(new InetSocketAddress((InetAddress) null, port), BACKLOG);
        this.address = (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + server.getLocalPort();
        this.arrivals = arrivals;
        this.sockets = sockets;
    }

    /** {@code address:port} for the source's node. */
    public String address() {
        return address;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("migration-endpoint").start(() -> {
            while (!server.isClosed()) {
                try {
                    SSLSocket socket = (SSLSocket) server.accept();
                    Thread.ofVirtual().name("migration-in").start(() -> serve(socket));
                } catch (IOException e) {
                    log.warn("A node could not connect: {}", e.getMessage());
                }
            }
        });
    }

    private void serve(SSLSocket socket) {
        try (PeerConnection peer = new PeerConnection(socket)) {
            socket.setSoTimeout(GREETING_MILLIS);
            PeerConnection.preferFastCipher(socket);
            socket.startHandshake();
            if (!peer.in().readUTF().equals(PeerConnection.GREETING)) {
                return;
            }
            UUID guest = UUID.fromString(peer.in().readUTF());
            String attempt = peer.in().readUTF();
            Channel channel = Channel.valueOf(peer.in().readUTF());
            peer.require(arrivals.source(guest, attempt));
            socket.setSoTimeout(0);
            answer(peer, guest, attempt, channel);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("A connection for a migration ended: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(PeerConnection peer, UUID guest, String attempt, Channel channel)
            throws IOException, InterruptedException {
        switch (channel) {
            case BEGIN -> {
                arrivals.begin(guest, attempt);
                peer.say(PeerConnection.OK);
            }
            case STATUS -> peer.say(arrivals.isWhole(guest) ? PeerConnection.OK : "incomplete");
            case HANDOVER -> {
                arrivals.takeOver(guest, attempt);
                peer.say(PeerConnection.OK);
            }
            case DISK -> {
                arrivals.receive(guest, attempt, peer.in());
                peer.say(PeerConnection.OK);
            }
            case LOCAL_DISK -> {
                arrivals.receive(guest, attempt, peer.in().readUTF(), peer.in());
                peer.say(PeerConnection.OK);
            }
            case CONTROL -> relay(peer, sockets.libvirt());
            case MEMORY, BLOCKS -> relay(peer, sockets.of(guest, channel));
        }
    }

    private static void relay(PeerConnection peer, Path local) throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(local));
            peer.say(PeerConnection.OK);
            peer.relay(channel);
        }
    }
}
