package dev.unkai.node.migration;

import dev.unkai.wire.node.Departure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The node at the target, by TLS with the hosts' certificates. */
public final class TlsMigrationPeer implements MigrationPeer {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 20_000;

    private final SSLContext tls;
    private final Departure departure;
    private final UUID guest;
    private final Sockets sockets;

    public TlsMigrationPeer(SSLContext tls, Sockets sockets, Departure departure, UUID guest) {
        this.tls = tls;
        this.departure = departure;
        this.guest = guest;
        this.sockets = sockets;
    }

    @Override
    public String ask(Channel channel) throws IOException {
        try (PeerConnection connection = open(channel)) {
            return connection.in().readUTF();
        }
    }

    @Override
    public Way way() throws IOException {
        return new Tunnel(guest, this, sockets);
    }

    /** Carries bytes between a local connection and the target's socket until both have said all. */
    void relay(Channel channel, SocketChannel local) throws IOException, InterruptedException {
        try (PeerConnection connection = open(channel)) {
            if (!connection.in().readUTF().equals(PeerConnection.OK)) {
                throw new IOException("the target's node does not answer");
            }
            connection.relay(local);
        }
    }

    @Override
    public void send(String name, InputStream bytes, long size, LongConsumer progress) throws IOException {
        try (PeerConnection connection = open(name.isEmpty() ? Channel.DISK : Channel.LOCAL_DISK)) {
            if (!name.isEmpty()) {
                connection.out().writeUTF(name);
            }
            connection.out().writeLong(size);
            byte[] buffer = new byte[256 << 10];
            long sent = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("it was given up");
                }
                connection.out().write(buffer, 0, read);
                sent += read;
                progress.accept(sent);
            }
            connection.out().flush();
            if (!connection.in().readUTF().equals(PeerConnection.OK)) {
                throw new IOException("the target's node did not take the disk");
            }
        }
    }

    private PeerConnection open(Channel channel) throws IOException {
        String endpoint = departure.getEndpoint();
        int colon = endpoint.lastIndexOf(':');
        if (colon < 0) {
            throw new IOException("the target's address is not known");
        }
        String host = endpoint.substring(0, colon).replaceAll("^\\[|\\]$", "");
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
        try {
            socket.connect(
                    new InetSocketAddress(host, Integer.parseInt(endpoint.substring(colon + 1))), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            PeerConnection.preferFastCipher(socket);
            socket.startHandshake();
            PeerConnection connection = new PeerConnection(socket);
            connection.require(UUID.fromString(departure.getTargetHostId()));
            connection.out().writeUTF(PeerConnection.GREETING);
            connection.out().writeUTF(guest.toString());
            connection.out().writeUTF(departure.getAttempt());
            connection.say(channel.name());
            boolean endless = channel == Channel.CONTROL
                    || channel == Channel.MEMORY
                    || channel == Channel.BLOCKS
                    || channel == Channel.DISK
                    || channel == Channel.LOCAL_DISK;
            socket.setSoTimeout(endless ? 0 : ANSWER_MILLIS);
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
