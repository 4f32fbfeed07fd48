package dev.unkai.web;

import com.nimbusds.jose.jwk.JWKSet;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps this process informed of identity's signing keys and revocations, so that no token check waits for another
 * process. Both are kept on disk: while identity is down, tokens that it signed stay good until they expire, and those that it had taken
 * back stay void. No token is good before identity was asked once for what it has taken back.
 */
public final class IdentityFeed implements HealthController.Readiness {
    private static final Logger log = LoggerFactory.getLogger(IdentityFeed.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofHours(25);
    private static final int KEYS_EVERY = 30;

    /** All revocations are read anew now and then: the kept ones grow, and an identity restored from a backup counts from an earlier number. */
    private static final int ALL_EVERY = 3_600;

    private final HttpClient http;
    private final URI identity;
    private final Path keyFile;
    private final TokenVerifier verifier;
    private final Revocations revocations;
    private final KeptRevocations kept;
    private volatile boolean closed;

    /** Whether this process knows what was taken back, as far as that can be known now. */
    private volatile boolean informed;

    private boolean everAnswered;
    private long heardUpTo;
    private boolean keptFallsShort;
    private boolean troubled;

    /**
     * @param tls by which identity knows this process
     * @param cache the directory where keys and revocations are kept
     * @param process whose they are
     */
    public IdentityFeed(
            SSLContext tls, URI identity, Path cache, String process, TokenVerifier verifier, Revocations revocations) {
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
        this.keyFile = cache.resolve(process + "-keys.json");
        this.kept = new KeptRevocations(cache.resolve(process + "-revocations.jsonl"));
        this.verifier = verifier;
        this.revocations = revocations;
    }

    private record Page(List<Revocation> revocations) {}

    /** Returns when identity has answered or was found not to answer: a request that is taken after that meets no token too many. */
    public void start() {
        boolean keptAreWhole = readKept();
        round(0);
        if (keptAreWhole) {
            informed = true;
        }
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
        return verifier.hasKeys() && informed;
    }

    private void run() {
        for (int round = 1; !closed; round++) {
            pause();
            if (!closed) {
                round(round);
            }
        }
    }

    private void round(int number) {
        try {
            if (number % KEYS_EVERY == 0 || !verifier.hasKeys()) {
                learnKeys(get("/identity/internal/v1/keys"));
            }
            learnRevocations(number % ALL_EVERY == 0 || keptFallsShort || !everAnswered);
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
            closed = true;
        }
    }

    private void learnRevocations(boolean all) throws IOException, InterruptedException {
        long upTo = all ? 0 : heardUpTo;
        List<Revocation> heard = new ArrayList<>();
        for (List<Revocation> page = revocationsAfter(upTo); !page.isEmpty(); page = revocationsAfter(upTo)) {
            page.forEach(revocations::learn);
            heard.addAll(page);
            upTo = page.getLast().number();
        }
        heardUpTo = upTo;
        everAnswered = true;
        informed = true;
        revocations.forgetBefore(Instant.now().minus(LONGEST_TOKEN_LIFE));
        try {
            if (all) {
                kept.replace(heard);
            } else {
                kept.add(heard);
            }
            keptFallsShort = false;
        } catch (IOException e) {
            if (!keptFallsShort) {
                log.warn("Revocations cannot be kept; trying again: {}", e.toString());
            }
            keptFallsShort = true;
        }
    }

    private List<Revocation> revocationsAfter(long number) throws IOException, InterruptedException {
        return JSON.readValue(get("/identity/internal/v1/revocations?since=" + number), Page.class)
                .revocations();
    }

    private void pause() {
        try {
            Thread.sleep(PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void learnKeys(String json) throws ParseException {
        verifier.trust(JWKSet.parse(json));
        try {
            Files.createDirectories(keyFile.getParent());
            Path fresh = Files.createTempFile(keyFile.getParent(), "keys", ".new");
            Files.writeString(fresh, json);
            Files.move(fresh, keyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("Identity's keys cannot be kept in {}: {}", keyFile, e.toString());
        }
    }

    /** Whether the kept revocations are all that were known before the last stop. */
    private boolean readKept() {
        try {
            if (Files.exists(keyFile)) {
                verifier.trust(JWKSet.parse(Files.readString(keyFile)));
            }
            Optional<List<Revocation>> known = kept.read();
            known.ifPresent(all -> all.forEach(revocations::learn));
            return known.isPresent();
        } catch (IOException | ParseException e) {
            log.warn("What was kept of identity cannot be read; waiting for identity: {}", e.toString());
            return false;
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
