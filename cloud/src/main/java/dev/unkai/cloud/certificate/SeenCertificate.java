package dev.unkai.cloud.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Looks at a certificate where it is used, whoever has signed it and whether or not it has ended: nothing is told to the other end. */
final class SeenCertificate {
    private static final int PATIENCE_MILLIS = 5_000;

    private SeenCertificate() {}

    /** Throws IOException when the server cannot be reached or the file not be read. */
    static X509Certificate at(CertificatePlace.Look look) throws IOException {
        return switch (look) {
            case CertificatePlace.Look.Door(String host, int port) -> shown(host, port);
            case CertificatePlace.Look.InFile(Path file) -> stored(file);
        };
    }

    private static X509Certificate stored(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(text);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate", e);
        }
    }

    private static X509Certificate shown(String host, int port) throws IOException {
        Witness witness = new Witness();
        try (Socket plain = new Socket()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, null);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
            }
        } catch (IOException e) {
            // A server that wants a certificate of ours has shown its own before it says so.
            if (witness.seen == null) {
                throw e;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        if (witness.seen == null) {
            throw new IOException("No certificate was shown");
        }
        return witness.seen;
    }

    /** Notes what the server shows. */
    private static final class Witness extends X509ExtendedTrustManager {
        private volatile @Nullable X509Certificate seen;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            seen = chain[0];
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            seen = chain[0];
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            seen = chain[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("No client is looked at");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
