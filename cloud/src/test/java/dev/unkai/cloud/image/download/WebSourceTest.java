package dev.unkai.cloud.image.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources that send a byte now and then, so that no single read ever waits long. */
class WebSourceTest {
    private static final Duration LONGEST = Duration.ofMillis(400);

    @Test
    @Timeout(20)
    void aHeaderThatDribblesIsCutOff() throws Exception {
        try (Dribble source = new Dribble("HTTP/1.1 200 OK\r\nX-Long: ")) {
            assertThatThrownBy(() -> web(source).open(source.address()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("took longer to answer");
        }
    }

    @Test
    @Timeout(20)
    void aChunkThatDribblesIsCutOff() throws Exception {
        try (Dribble source = new Dribble("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")) {
            WebSource.Opened opened = web(source).open(source.address());
            try (var data = opened.data()) {
                assertThat(data.readNBytes(4)).asString().isEqualTo("abcd");
                assertThatThrownBy(data::read)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("took longer than a fetch may take");
            }
        }
    }

    private static WebSource web(Dribble source) {
        return new WebSource(
                new DownloadRules(true, Integer.toString(source.server.getLocalPort()), "127.0.0.9/32", "", LONGEST));
    }

    /** After its first words it sends a zero every 20 ms, without end. */
    private static final class Dribble implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.9"));

        Dribble(String first) throws IOException {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    OutputStream out = socket.getOutputStream();
                    out.write(first.getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write('0');
                        out.flush();
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // the other side went away, as it should
                }
            });
        }

        String address() {
            return "http://127.0.0.9:" + server.getLocalPort() + "/image";
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
