package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate the public door shows to whom. */
class EdgeKeysTest {
    private static final String NAME = "cloud.example";
    private static final TestPki PKI = new TestPki();
    private static final PemFiles OWN = PKI.issue("own", "DNS:" + NAME);

    @TempDir
    private Path folder;

    @Test
    void whoAsksForItsNameIsShownThePublicOneAsSoonAsItIsThereAndEverybodyElseTheOwn() throws Exception {
        Path file = folder.resolve("edge.pem");
        SSLContext server = server(new PemFiles(file, file, OWN.authority()));
        assertThat(shown(server, NAME)).isEqualTo("CN=own");

        place(file, PKI.issue("public", "DNS:" + NAME, "DNS:*." + NAME));

        assertThat(shown(server, NAME)).isEqualTo("CN=public");
        assertThat(shown(server, "api." + NAME)).isEqualTo("CN=public");
        assertThat(shown(server, "a.b." + NAME)).as("a star is one label").isEqualTo("CN=own");
        assertThat(shown(server, "other.example")).isEqualTo("CN=own");
        assertThat(shown(server, null))
                .as("who asks for no name, as joining hosts")
                .isEqualTo("CN=own");
        assertThat(shown(server, "localhost"))
                .as("our own processes, whatever names it has")
                .isEqualTo("CN=own");
    }

    @Test
    void anotherFileIsInUseWithTheNextConnectionUnlessItCannotBeUsed() throws Exception {
        Path file = folder.resolve("edge.pem");
        place(file, PKI.issue("first", "DNS:" + NAME));
        SSLContext server = server(new PemFiles(file, file, OWN.authority()));
        assertThat(shown(server, NAME)).isEqualTo("CN=first");

        place(file, PKI.issue("second", "DNS:" + NAME));
        assertThat(shown(server, NAME)).isEqualTo("CN=second");

        Files.writeString(file, "half of a certif");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThat(shown(server, NAME)).isEqualTo("CN=second");
    }

    /** As it is taken over: the chain, and behind it the key, replaced as a whole. */
    private static void place(Path file, PemFiles issued) throws IOException {
        Path fresh = file.resolveSibling("fresh.pem");
        Files.writeString(fresh, Files.readString(issued.certificate()) + Files.readString(issued.key()));
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static SSLContext server(PemFiles edge) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new EdgeKeys(OWN.freshKeys(), Optional.of(edge))}, null, null);
        return context;
    }

    /** The subject that a client with this name in its hello is shown; null: it asks for none. */
    private static String shown(SSLContext context, String name) throws Exception {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = PemFiles.trusting(OWN.authority()).createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        List<SNIServerName> names = name == null ? List.of() : List.of(new SNIHostName(name));
        parameters.setServerNames(names);
        client.setSSLParameters(parameters);
        ByteBuffer toServer = ByteBuffer.allocate(65_536);
        ByteBuffer toClient = ByteBuffer.allocate(65_536);
        client.beginHandshake();
        server.beginHandshake();
        for (int turn = 0; turn < 50 && client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING; turn++) {
            advance(client, toServer, toClient);
            advance(server, toClient, toServer);
        }
        return ((X509Certificate) client.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static void advance(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        in.flip();
        for (boolean going = true; going; ) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    int before = in.remaining();
                    engine.unwrap(in, ByteBuffer.allocate(65_536));
                    going = in.remaining() < before;
                }
                default -> going = false;
            }
        }
        in.compact();
    }
}
