package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.forward.Way;
import dev.unkai.cloud.forward.send.Trouble.Reason;
import dev.unkai.wire.origin.ReachableAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection to a place outside, made to the very address that was judged, and cut after a time whatever happens: who reads nothing would hold a
 * writer for ever.
 */
final class OutsideLine implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration LEAST_WAIT = Duration.ofMillis(300);
    private static final Duration MOST_WAIT = Duration.ofSeconds(3);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Way way;
    private final Socket plain;
    private final Thread watch;
    private final Duration longest;
    private final NoKey noKey = new NoKey();
    private volatile boolean late;
    private Duration handshake = Duration.ZERO;
    private SSLSocket secure;

    /** @param longest in all, from the beginning of the connection to its end */
    @SuppressWarnings("NullAway.Init") // the handshake follows, in open()
    private OutsideLine(Way way, Duration longest) {
        this.way = way;
        this.longest = longest;
        this.plain = new Socket();
        this.watch = Thread.ofVirtual().name("outside-line-watch").start(this::cutLate);
    }

    private void cutLate() {
        try {
            Thread.sleep(longest);
            late = true;
            // Not the TLS socket: closing that would wait for the writer that stands still.
            plain.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ended in time
        } catch (IOException e) {
            late = true;
        }
    }

    static OutsideLine open(Way way, TlsMaterial tls, ReachableAddresses addresses, Duration longest) throws NotTaken {
        OutsideLine line = new OutsideLine(way, longest);
        try {
            line.connect(line.address(addresses));
            line.secure(tls.context(line.noKey));
            return line;
        } catch (NotTaken e) {
            line.close();
            throw e;
        }
    }

    private InetAddress address(ReachableAddresses addresses) throws NotTaken {
        try {
            return addresses.resolved(way.host());
        } catch (ReachableAddresses.Closed e) {
            throw new NotTaken(Reason.CLOSED_ADDRESS, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw new NotTaken(Reason.NO_HOST, "There is no host " + way.host() + " in the DNS.");
        }
    }

    private void connect(InetAddress address) throws NotTaken {
        try {
            plain.connect(new InetSocketAddress(address, way.port()), CONNECT_MILLIS);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(Math.toIntExact(longest.toMillis()));
        } catch (SocketTimeoutException e) {
            throw new NotTaken(Reason.UNREACHABLE, "Nothing answers at " + way.host() + ", port " + way.port() + ".");
        } catch (IOException e) {
            throw new NotTaken(
                    Reason.UNREACHABLE,
                    "No connection to " + way.host() + ", port " + way.port() + ": " + e.getMessage());
        }
    }

    private void secure(SSLContext context) throws NotTaken {
        try {
            secure = (SSLSocket) context.getSocketFactory().createSocket(plain, way.serverName(), way.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setProtocols(PROTOCOLS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            long begun = System.nanoTime();
            secure.startHandshake();
            handshake = Duration.ofNanos(System.nanoTime() - begun);
        } catch (IOException e) {
            throw taken(e);
        }
    }

    /** The certificate that the other end has shown. */
    X509Certificate certificate() throws NotTaken {
        try {
            return (X509Certificate) secure.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new NotTaken(Reason.HANDSHAKE, "The other end shows no certificate.");
        }
    }

    String protocol() {
        return secure.getSession().getProtocol();
    }

    OutputStream out() throws NotTaken {
        try {
            return secure.getOutputStream();
        } catch (IOException e) {
            throw taken(e);
        }
    }

    InputStream in() throws NotTaken {
        try {
            return secure.getInputStream();
        } catch (IOException e) {
            throw taken(e);
        }
    }

    /**
     * Waits for as long as a receiver takes to throw us out: some look at a client certificate only after the handshake, and close without a word. What
     * was written to such a one would seem to have arrived.
     */
    void settle() throws NotTaken {
        Duration wait = LEAST_WAIT.plus(handshake.multipliedBy(2));
        if (endsWithin(wait.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : wait)) {
            throw new NotTaken(
                    Reason.CLIENT_REFUSED,
                    "It closes the connection at once. Probably it does not take the client certificate, or wants one.");
        }
    }

    /**
     * Says that no more will come and waits until the other end, having read all of it, closes too (RFC 5425 section 4.4). Who has closed before has not
     * read all.
     */
    void finish() throws NotTaken {
        if (endsWithin(Duration.ofMillis(1))) {
            throw new NotTaken(Reason.BROKEN_OFF, "It has closed the connection before everything was taken.");
        }
        try {
            secure.shutdownOutput();
            plain.setSoTimeout(Math.toIntExact(longest.toMillis()));
            readToTheEnd();
        } catch (IOException e) {
            throw taken(e);
        }
        if (late) {
            throw taken(new SocketTimeoutException());
        }
    }

    private boolean endsWithin(Duration wait) throws NotTaken {
        try {
            plain.setSoTimeout(Math.toIntExact(wait.toMillis()));
            readToTheEnd();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw taken(e);
        }
    }

    private void readToTheEnd() throws IOException {
        byte[] ignored = new byte[512];
        int read = 0;
        while (read >= 0) {
            read = secure.getInputStream().read(ignored);
        }
    }

    /** What an exception of this connection means. */
    NotTaken taken(IOException failure) {
        if (failure instanceof NotTaken known) {
            return known;
        }
        if (late || failure instanceof SocketTimeoutException) {
            return new NotTaken(
                    Reason.SILENT,
                    "It has not taken everything, or has not ended the connection, within " + longest.toSeconds()
                            + " seconds.");
        }
        if (isIn(failure, CertificateExpiredException.class)) {
            return new NotTaken(Reason.ENDED, "The certificate of " + way.serverName() + " has ended.");
        }
        if (isIn(failure, CertificateNotYetValidException.class)) {
            return new NotTaken(Reason.ENDED, "The certificate of " + way.serverName() + " does not hold yet.");
        }
        if (isIn(failure, CertPathBuilderException.class) || isIn(failure, CertPathValidatorException.class)) {
            return new NotTaken(
                    Reason.UNTRUSTED,
                    "The certificate of " + way.serverName() + " comes from an authority that is not trusted for it.");
        }
        if (failure.getCause() instanceof CertificateException reason) {
            return new NotTaken(Reason.OTHER_NAME, "The certificate is not of this name: " + reason.getMessage());
        }
        String message = String.valueOf(failure.getMessage());
        if (noKey.isAsked() || (failure instanceof SSLException && isAboutOurCertificate(message))) {
            return new NotTaken(
                    Reason.CLIENT_REFUSED, "It does not take the client certificate, or wants one: " + message);
        }
        return failure instanceof SSLHandshakeException
                ? new NotTaken(Reason.HANDSHAKE, "TLS does not come about: " + message)
                : new NotTaken(Reason.BROKEN_OFF, "The connection was broken off: " + message);
    }

    private static boolean isIn(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Alerts about certificates (RFC 8446 section 6.2) that the other end sends can only be about ours. */
    private static boolean isAboutOurCertificate(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("alert") && (lower.contains("certificate") || lower.contains("unknown_ca"));
    }

    @Override
    public void close() {
        watch.interrupt();
        try {
            plain.close();
        } catch (IOException e) {
            // nothing is lost with it
        }
    }
}
