package dev.unkai.web;

import com.nimbusds.jose.jwk.JWKSet;
import dev.unkai.web.Sightings.Sighting;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.Revocations.Revocation;
import dev.unkai.wire.token.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps this process informed of identity's signing keys, revocations and source address rules, so that no token check waits for another
 * process. All are kept on disk: while identity is down, tokens that it signed stay good until they expire, those that it had taken
 * back stay void, and nobody comes from where he may not. No token is good before identity was asked once for what it has taken back and for its
 * rules. In return it is told when sessions were last used.
 */
public final class IdentityFeed implements HealthController.Readiness {
    private static final Logger log = LoggerFactory.getLogger(IdentityFeed.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_TOKEN_LIFE = Duration.ofHours(25);
    private static final int KEYS_EVERY = 30;
    private static final int TELL_EVERY = 60;
    private static final int TOLD_AT_A_TIME = 5_000;

    /** All revocations are read anew now and then: the kept ones grow, and an identity restored from a backup counts from an earlier number. */
    private static final int ALL_EVERY = 3_600;

    private final IdentityClient identity;
    private final Path keyFile;
    private final TokenVerifier verifier;
    private final Revocations revocations;
    private final SourceRuleFeed sourceRules;
    private final Sightings sightings;
    private final KeptLines<Revocation> kept;
    private volatile boolean closed;

    /** Whether this process knows what was taken back and where one may come from, as far as that can be known now. */
    private volatile boolean informed;

    private boolean everAnswered;
    private long heardUpTo;
    private boolean troubled;

    /**
     * @param tls by which identity knows this process
     * @param cache the directory where keys and revocations are kept
     * @param process whose they are
     */
    public IdentityFeed(
            SSLContext tls,
            URI identity,
            Path cache,
            String process,
            TokenVerifier verifier,
            Revocations revocations,
            SourceRules sourceRules,
            Sightings sightings) {
        this.identity = new IdentityClient(tls, identity);
        this.keyFile = cache.resolve(process + "-keys.json");
        this.kept = new KeptLines<>("Revocations", cache.resolve(process + "-revocations.jsonl"), Revocation.class);
        this.sourceRules = new SourceRuleFeed(this.identity, cache, process, sourceRules);
        this.verifier = verifier;
        this.revocations = revocations;
        this.sightings = sightings;
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
            // After a pause it may be another identity, restored from a backup: with other keys, and counting from an
            // earlier number.
            boolean anew = troubled;
            if (anew || number % KEYS_EVERY == 0 || !verifier.hasKeys()) {
                learnKeys(identity.get("/identity/internal/v1/keys"));
            }
            learnRevocations(anew || number % ALL_EVERY == 0 || kept.fallsShort() || !everAnswered);
            sourceRules.learn(anew || number % ALL_EVERY == 0);
            informed = true;
            if (number % TELL_EVERY == 0) {
                tellSightings();
            }
            if (troubled) {
                log.info("Identity answers again");
            }
            troubled = false;
        } catch (IOException | ParseException | RuntimeException | Error e) {
            // An answer that nobody thought of and our own faults too: without this thread nothing would be taken back
            // any more.
            if (!troubled) {
                log.warn("Identity does not answer; known keys and revocations stay in force: {}", e.toString());
            }
            troubled = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Keeps first what it then judges by: who was turned away once is not let in again by a restart. */
    private void learnRevocations(boolean all) throws IOException, InterruptedException {
        long upTo = all ? 0 : heardUpTo;
        List<Revocation> heard = new ArrayList<>();
        for (List<Revocation> page = revocationsAfter(upTo); !page.isEmpty(); page = revocationsAfter(upTo)) {
            heard.addAll(page);
            upTo = page.getLast().number();
        }
        kept.keep(heard, all);
        heard.forEach(revocations::learn);
        heardUpTo = upTo;
        everAnswered = true;
        revocations.forgetBefore(Instant.now().minus(LONGEST_TOKEN_LIFE));
    }

    private List<Revocation> revocationsAfter(long number) throws IOException, InterruptedException {
        return JSON.readValue(identity.get("/identity/internal/v1/revocations?since=" + number), Page.class)
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

    /** Whether what is kept is all that was known before the last stop. */
    private boolean readKept() {
        try {
            if (Files.exists(keyFile)) {
                verifier.trust(JWKSet.parse(Files.readString(keyFile)));
            }
            Optional<List<Revocation>> known = kept.read();
            known.ifPresent(all -> all.forEach(revocations::learn));
            return sourceRules.readKept() && known.isPresent();
        } catch (IOException | ParseException e) {
            log.warn("What was kept of identity cannot be read; waiting for identity: {}", e.toString());
            return false;
        }
    }

    private void tellSightings() throws IOException, InterruptedException {
        List<Sighting> seen = sightings.take();
        for (int from = 0; from < seen.size(); from += TOLD_AT_A_TIME) {
            List<Sighting> some = seen.subList(from, Math.min(from + TOLD_AT_A_TIME, seen.size()));
            identity.post("/identity/internal/v1/sightings", JSON.writeValueAsString(Map.of("sightings", some)));
        }
    }
}
