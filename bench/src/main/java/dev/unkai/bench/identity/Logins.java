package dev.unkai.bench.identity;

import dev.unkai.base.tls.PemFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Password log-ins per second beside Argon2id alone (Bouncy Castle, same parameters, two threads), in alternating rounds
 * of one run. Arguments: identity's address, certificate, key, authority, domain, user, password.
 */
public final class Logins {
    private static final int CLIENTS = 8;
    private static final int AT_A_TIME = 2;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(4);

    private Logins() {}

    public static void main(String[] arguments) throws Exception {
        PemFiles pem = new PemFiles(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        HttpClient http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest login = HttpRequest.newBuilder(URI.create(arguments[0] + "/identity/v3/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(arguments[4], arguments[5], arguments[6])))
                .build();
        List<Double> raw = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            double alone = rate(AT_A_TIME, Logins::hash);
            double logins = rate(CLIENTS, () -> {
                int status = http.send(login, BodyHandlers.discarding()).statusCode();
                if (status != 201) {
                    throw new IllegalStateException("A log-in was answered " + status);
                }
                return status;
            });
            if (round > 0) { // the first round warms up
                raw.add(alone);
                whole.add(logins);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Argon2id alone %.1f/s, log-ins %.1f/s (%d clients): %.2f of the raw part%n",
                median(raw),
                median(whole),
                CLIENTS,
                median(whole) / median(raw));
    }

    private static String body(String domain, String user, String password) {
        return JsonMapper.builder()
                .build()
                .writeValueAsString(Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("password"),
                                        "password",
                                        Map.of(
                                                "user",
                                                Map.of(
                                                        "name",
                                                        user,
                                                        "domain",
                                                        Map.of("name", domain),
                                                        "password",
                                                        password))))));
    }

    private static int hash() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(19 * 1024)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        return generator.generateBytes("password".getBytes(StandardCharsets.UTF_8), new byte[32]);
    }

    private static double rate(int threads, Callable<Integer> work) throws Exception {
        long end = System.nanoTime() + ROUND.toNanos();
        long start = System.nanoTime();
        long done = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                counts.add(pool.submit(() -> {
                    long own = 0;
                    while (System.nanoTime() < end) {
                        work.call();
                        own++;
                    }
                    return own;
                }));
            }
            for (Future<Long> count : counts) {
                done += count.get();
            }
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
