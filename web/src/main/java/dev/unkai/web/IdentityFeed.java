package dev.unkai.web;

import com.nimbusds.jose.jwk.JWKSet;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps this process informed of identity's signing keys and revocations, so that no token check waits for another
 * process. Keys are kept on disk: while identity is down, tokens that it signed stay good until they expire.
 */
public final class IdentityFeed implements HealthController.Readiness {
    private static final Logger log = LoggerFactory.getLogger(IdentityFeed.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofHours(25);
    private static final int KEYS_EVERY = 30;

    private final HttpClient http;
    private final URI identity;
    private final Path keyFile;
    private final TokenVerifier verifier;
    private final Revocations revocations;
    private volatile boolean closed;

    public IdentityFeed(PemFiles pem, URI identity, Path keyFile, TokenVerifier verifier, Revocations revocations) {
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
        this.keyFile = keyFile;
        this.verifier = verifier;
        this.revocations = revocations;
    }

    private record Page(List<Revocation> revocations) {}

    public void start() {
        readKeyFile();
        Thread.ofVirtual().name("identity-feed").start(this::run);
    }

    public void close() {
        closed = true;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public boolean ready() {
        return verifier.hasKeys();
    }

    private void run() {
        boolean troubled = false;
        for (int round = 0; !closed; round++) {
            try {
                if (round % KEYS_EVERY == 0 || !verifier.hasKeys()) {
                    learnKeys(get("/identity/internal/v1/keys"));
                }
                Page page = JSON.readValue(
                        get("/identity/internal/v1/revocations?since=" + revocations.newest()), Page.class);
                page.revocations().forEach(revocations::learn);
                revocations.forgetBefore(Instant.now().minus(LONGEST_TOKEN_LIFE));
                if (troubled) {
                    log.info("Identity answers again");
                }
                troubled = false;
            } catch (IOException | ParseException | JacksonException | IllegalStateException e) {
                if (!troubled) {
                    log.warn("Identity does not answer; known keys and revocations stay in force: {}", e.toString());
                }
                troubled = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void learnKeys(String json) throws ParseException, IOException {
        verifier.trust(JWKSet.parse(json));
        Files.createDirectories(keyFile.getParent());
        Path fresh = keyFile.resolveSibling(keyFile.getFileName() + ".new");
        Files.writeString(fresh, json);
        Files.move(fresh, keyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void readKeyFile() {
        try {
            if (Files.exists(keyFile)) {
                verifier.trust(JWKSet.parse(Files.readString(keyFile)));
            }
        } catch (IOException | ParseException e) {
            log.warn("The kept keys in {} cannot be read; waiting for identity: {}", keyFile, e.getMessage());
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(identity.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Identity answered " + answer.statusCode() + " to " + path);
        }
        return answer.body();
    }
}
