package dev.unkai.cloud.image.download;

import dev.unkai.base.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Opens an address of the web for reading (HTTP/1.1, RFC 9112), each hop judged by {@link DownloadRules} and connected to by the very address that was
 * judged. The usual clients look a name up again when they connect, which is why this is written out. A source that dribbles is cut off: two at a time
 * are fetched, and one that never ends would keep the others waiting.
 */
@Component
public final class WebSource {
    private static final int MOST_HOPS = 5;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 20_000;
    private static final Duration OPENING = Duration.ofSeconds(60);

    private final DownloadRules rules;

    public WebSource(DownloadRules rules) {
        this.rules = rules;
    }

    /**
     * The answer's body.
     *
     * @param length in bytes, or -1 when the source does not say
     */
    public record Opened(InputStream data, long length) {}

    /**
     * Reading throws refusals: invalid, when the source breaks off, stalls, or takes longer than it may. The caller closes the stream.
     *
     * @throws Refusal invalid, when it may not be reached or does not answer as it should
     */
    public Opened open(String address) {
        long end = System.nanoTime() + rules.longest().toNanos();
        long opening = Math.min(end, System.nanoTime() + OPENING.toNanos());
        String next = address;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            if (System.nanoTime() > opening) {
                throw Refusal.invalid("The source sends on and on. Name the address of the data itself.");
            }
            URI uri = rules.checked(next);
            Answer answer = ask(uri, opening);
            try {
                String location = answer.location();
                if (location == null) {
                    return answer.body(end);
                }
                next = uri.resolve(location).toString();
            } catch (IOException | IllegalArgumentException e) {
                answer.close();
                throw broken(e);
            } catch (Refusal refusal) {
                answer.close();
                throw refusal;
            }
            answer.close();
        }
        throw Refusal.invalid(
                "The source sends on more than " + MOST_HOPS + " times. Name the address of the data itself.");
    }

    private Answer ask(URI uri, long opening) {
        Socket socket = new Socket();
        Cut cut = new Cut(socket, opening);
        try {
            socket.connect(
                    new InetSocketAddress(rules.resolved(uri.getHost()), DownloadRules.port(uri)), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            Socket line = "https".equalsIgnoreCase(uri.getScheme()) ? secured(socket, uri) : socket;
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
            OutputStream out = line.getOutputStream();
            out.write(("GET " + path + query + " HTTP/1.1\r\nHost: " + host
                            + "\r\nUser-Agent: Unkai\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return Answer.read(line, cut);
        } catch (IOException e) {
            cut.now();
            throw System.nanoTime() > opening
                    ? Refusal.invalid("The source took longer to answer than it may here.")
                    : broken(e);
        } catch (Refusal refusal) {
            cut.now();
            throw refusal;
        }
    }

    /** Closes a connection when its time is over, whatever is being read from it: a read alone ends only when nothing comes. */
    private static final class Cut {
        private final Socket socket;
        private Thread clock;

        /** @param end as of {@link System#nanoTime} */
        Cut(Socket socket, long end) {
            this.socket = socket;
            this.clock = clock(end);
        }

        /** Gives it another time. */
        void at(long end) {
            clock.interrupt();
            clock = clock(end);
        }

        void now() {
            clock.interrupt();
            close(socket);
        }

        private Thread clock(long end) {
            return Thread.ofVirtual().name("image-download-cut").start(() -> {
                try {
                    Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                    close(socket);
                } catch (InterruptedException e) {
                    // it was in time
                }
            });
        }
    }

    /** The certificate must be of the name, which the socket is not connected by. */
    private static Socket secured(Socket socket, URI uri) throws IOException {
        SSLSocket secure = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, uri.getHost(), DownloadRules.port(uri), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static Refusal broken(Exception reason) {
        return Refusal.invalid("The source does not answer as it should: " + reason.getMessage());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is lost with it
        }
    }

    /** A status line and header fields, with the body still to be read. */
    private record Answer(Cut cut, InputStream in, int status, Map<String, String> fields) {
        private static final int MOST_HEAD_BYTES = 64 << 10;

        static Answer read(Socket socket, Cut cut) throws IOException {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
            int[] left = {MOST_HEAD_BYTES};
            String[] first = line(in, left).split(" ", 3);
            if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
                throw new IOException("it speaks no HTTP/1.1");
            }
            Map<String, String> fields = new TreeMap<>();
            for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            return new Answer(cut, in, Integer.parseInt(first[1]), fields);
        }

        /** Where it sends on to, or null. */
        @Nullable
        String location() {
            boolean elsewhere = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
            return elsewhere ? fields.get("location") : null;
        }

        Opened body(long end) throws IOException {
            if (status != 200) {
                throw new IOException("it answers " + status);
            }
            cut.at(end);
            String coding = fields.getOrDefault("transfer-encoding", "identity").toLowerCase(Locale.ROOT);
            if (coding.equals("chunked")) {
                return new Opened(new Body(this, -1, true, end), -1);
            }
            String length = fields.getOrDefault("content-length", "");
            if (!coding.equals("identity") || !length.matches("\\d{0,18}")) {
                throw new IOException("it sends in a way that is not understood here");
            }
            long bytes = length.isEmpty() ? -1 : Long.parseLong(length);
            return new Opened(new Body(this, bytes, false, end), bytes);
        }

        void close() {
            cut.now();
        }

        /** Without its end; of all lines together no more bytes than are left. */
        static String line(InputStream in, int[] left) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int sign = in.read(); sign != '\n'; sign = in.read()) {
                if (sign < 0 || --left[0] < 0) {
                    throw new IOException("its header breaks off or is too long");
                }
                if (sign != '\r') {
                    line.append((char) sign);
                }
            }
            return line.toString();
        }
    }

    /** A body by its length, by chunks (RFC 9112, 7.1), or to the end of the connection. */
    private static final class Body extends InputStream {
        private static final int MOST_SIZE_BYTES = 1_024;

        private final Answer answer;
        private final boolean chunked;
        private final long end;
        /** Of the body, or of the chunk; -1 to the end of the connection. */
        private long left;

        private boolean begun;
        private boolean done;

        Body(Answer answer, long length, boolean chunked, long end) {
            this.answer = answer;
            this.left = chunked ? 0 : length;
            this.chunked = chunked;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            try {
                return next(into, offset, count);
            } catch (IOException e) {
                throw System.nanoTime() > end
                        ? tooLong()
                        : Refusal.invalid("The source broke off or stood still while it was read: " + e.getMessage());
            }
        }

        private static Refusal tooLong() {
            return Refusal.invalid("The source took longer than a fetch may take here.");
        }

        private int next(byte[] into, int offset, int count) throws IOException {
            if (System.nanoTime() > end) {
                throw tooLong();
            }
            if (count == 0) {
                return 0;
            }
            if (chunked && left == 0 && !done) {
                nextChunk();
            }
            if (done || left == 0) {
                return -1;
            }
            int wanted = left < 0 ? count : (int) Math.min(count, left);
            int read = answer.in().read(into, offset, wanted);
            if (read < 0 && left > 0) {
                throw new IOException(left + " bytes are missing");
            }
            if (left > 0) {
                left -= read;
            }
            return read;
        }

        private void nextChunk() throws IOException {
            int[] bytes = {MOST_SIZE_BYTES};
            if (begun && !Answer.line(answer.in(), bytes).isEmpty()) {
                throw new IOException("a chunk is longer than it says");
            }
            begun = true;
            String size =
                    Answer.line(answer.in(), bytes).replaceFirst("\\s*;.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,15}")) {
                throw new IOException("a chunk does not say its length");
            }
            left = Long.parseLong(size, 16);
            done = left == 0;
        }

        @Override
        public void close() {
            answer.close();
        }
    }
}
