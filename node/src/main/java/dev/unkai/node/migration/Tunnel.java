package dev.unkai.node.migration;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source's three sockets of one migration; what comes in at each goes to the target's node. */
final class Tunnel implements MigrationPeer.Way {
    private static final Logger log = LoggerFactory.getLogger(Tunnel.class);

    private final UUID guest;
    private final TlsMigrationPeer peer;
    private final Sockets sockets;
    private final List<ServerSocketChannel> open = new ArrayList<>();

    Tunnel(UUID guest, TlsMigrationPeer peer, Sockets sockets) throws IOException {
        this.guest = guest;
        this.peer = peer;
        this.sockets = sockets;
        try {
            for (Channel channel : List.of(Channel.CONTROL, Channel.MEMORY, Channel.BLOCKS)) {
                listen(channel);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public String control() {
        return sockets.forHypervisor(guest, Channel.CONTROL);
    }

    @Override
    public String memory() {
        return sockets.forHypervisor(guest, Channel.MEMORY);
    }

    @Override
    public String blocks() {
        return sockets.forHypervisor(guest, Channel.BLOCKS);
    }

    private void listen(Channel channel) throws IOException {
        Path path = sockets.of(guest, channel);
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(server);
        server.bind(UnixDomainSocketAddress.of(path));
        // QEMU connects as its own user; the directory is closed to all others
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        Thread.ofPlatform().daemon().name("tunnel-" + channel).start(() -> accept(server, channel));
    }

    private void accept(ServerSocketChannel server, Channel channel) {
        try {
            while (server.isOpen()) {
                SocketChannel local = server.accept();
                Thread.ofVirtual().name("tunnel-" + channel).start(() -> carry(local, channel));
            }
        } catch (IOException e) {
            log.debug("The tunnel's {} is closed", channel);
        }
    }

    private void carry(SocketChannel local, Channel channel) {
        try (local) {
            peer.relay(channel, local);
        } catch (IOException e) {
            log.warn("The tunnel's {} broke: {}", channel, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        for (ServerSocketChannel server : open) {
            try {
                server.close();
            } catch (IOException e) {
                log.debug("A socket of a tunnel could not be closed: {}", e.getMessage());
            }
        }
        for (Channel channel : List.of(Channel.CONTROL, Channel.MEMORY, Channel.BLOCKS)) {
            try {
                Files.deleteIfExists(sockets.of(guest, channel));
            } catch (IOException e) {
                log.debug("A socket of a tunnel could not be removed: {}", e.getMessage());
            }
        }
    }
}
