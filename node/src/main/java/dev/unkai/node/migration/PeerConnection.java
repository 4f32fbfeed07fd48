package dev.unkai.node.migration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLSocket;

/** One mutually authenticated connection between two nodes, from its greeting on. */
final class PeerConnection implements AutoCloseable {
    static final String GREETING = "unkai-migration/1";
    static final String OK = "ok";

    private static final String FAST_CIPHER = "TLS_CHACHA20_POLY1305_SHA256";
    private static final String PREFIX = "unkai:host:";
    private static final int URI = 6; // GeneralName uniformResourceIdentifier, RFC 5280 section 4.2.1.6
    private static final int BUFFER = 256 << 10;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /**
     * Of two ciphers that are as good the one that is faster here: the node's code is compiled for little memory, without the
     * processor's instructions for AES (137 instead of 32 MB/s).
     */
    static void preferFastCipher(SSLSocket socket) {
        List<String> suites = new ArrayList<>(List.of(socket.getEnabledCipherSuites()));
        if (suites.remove(FAST_CIPHER)) {
            suites.addFirst(FAST_CIPHER);
            socket.setEnabledCipherSuites(suites.toArray(String[]::new));
        }
    }

    PeerConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    /** Says {@code text} now. */
    void say(String text) throws IOException {
        out.writeUTF(text);
        out.flush();
    }

    /** Throws unless the certificate at the other end names the host. */
    void require(UUID host) throws IOException {
        for (Certificate certificate : socket.getSession().getPeerCertificates()) {
            if (certificate instanceof X509Certificate own && names(own, host)) {
                return;
            }
            break; // only the peer's own counts, not its authority's
        }
        throw new IOException("The node at the other end is not that of host " + host);
    }

    private static boolean names(X509Certificate certificate, UUID host) throws IOException {
        try {
            var names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(URI) && (PREFIX + host).equals(name.get(1))) {
                    return true;
                }
            }
            return false;
        } catch (CertificateParsingException e) {
            throw new IOException("The certificate at the other end cannot be read", e);
        }
    }

    /** Carries bytes both ways until both ends have said all; returns then. */
    void relay(SocketChannel local) throws IOException, InterruptedException {
        Thread up = Thread.ofVirtual().name("migration-up").start(() -> {
            try {
                copy(Channels.newInputStream(local), socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException e) { // the other direction ends, too
                closeBoth(local);
            }
        });
        try {
            copy(socket.getInputStream(), Channels.newOutputStream(local));
            local.shutdownOutput();
        } catch (IOException e) {
            closeBoth(local);
        }
        up.join();
        closeBoth(local);
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private void closeBoth(SocketChannel local) {
        try {
            local.close();
        } catch (IOException e) {
            // it is closed or useless
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed or useless
        }
    }
}
