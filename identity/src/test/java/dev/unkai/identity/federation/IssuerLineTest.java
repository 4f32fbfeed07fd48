package dev.unkai.identity.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.unkai.identity.federation.IssuerTrouble.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where identity's way out does not lead, whoever names the address. */
class IssuerLineTest {
    private final IssuerLine line = new IssuerLine(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.8.9.1:8443/keys",
                "https://localhost/",
                "https://2130706433/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://0.0.0.0/",
                "https://[::]/",
                "https://169.254.169.254/latest/meta-data",
                "https://[fe80::1]/",
                "https://224.0.0.1/",
                "http://198.51.100.1/",
                "http://127.0.0.1/",
                "https://somebody@198.51.100.1/",
                "ftp://198.51.100.1/",
                "file:///etc/passwd",
            })
    void itAsksNeitherThisMachineNorItsLinkNorAnythingWithoutTls(String address) {
        assertThatThrownBy(() -> line.get(URI.create(address)))
                .isInstanceOfSatisfying(
                        IssuerTrouble.class,
                        trouble -> assertThat(trouble.kind()).isEqualTo(Kind.NOT_BELIEVED));
    }

    @Test
    void itFollowsNoRedirectAndTakesNoEndlessAnswer() throws IOException, IssuerTrouble {
        AtomicInteger inner = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/inner");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/inner", exchange -> {
            inner.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            try {
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException e) {
                // hung up on, as it should be
            }
            exchange.close();
        });
        server.start();
        try {
            IssuerLine ofTests = new IssuerLine(true);
            URI site = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

            assertThat(ofTests.get(site.resolve("/away")).status()).isEqualTo(302);
            assertThat(inner).hasValue(0);
            assertThatThrownBy(() -> ofTests.get(site.resolve("/endless")))
                    .isInstanceOfSatisfying(
                            IssuerTrouble.class,
                            trouble -> assertThat(trouble.kind()).isEqualTo(Kind.UNAVAILABLE));
        } finally {
            server.stop(0);
        }
    }
}
