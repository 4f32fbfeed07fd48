package dev.unkai.cloud.follow;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.follow.Change.Owner;
import dev.unkai.web.Running;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What changes in identity's database, which this process does not see: identity is asked again and again, and answers when there is something. After an answer
 * that did not come, or was another identity's, all that identity has is taken for changed.
 */
@Component
final class IdentityChanges {
    private static final Logger log = LoggerFactory.getLogger(IdentityChanges.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Longer than identity waits for something to tell. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Of answers that say at once that something was missed, so that no error makes a storm of questions. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private final HttpClient http;
    private final URI identity;
    private final Followers followers;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** What the last question failed with; null: it was answered. */
    private @Nullable Class<?> trouble;

    private String epoch = "";
    private long after;

    IdentityChanges(PemFiles pem, @Value("${unkai.identity-url}") URI identity, Followers followers) {
        this.http = HttpClient.newBuilder()
                .sslContext(pem.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        this.identity = identity;
        this.followers = followers;
    }

    @Configuration(proxyBeanMethods = false)
    static class Life {
        @Bean
        SmartLifecycle identityChangesRunning(IdentityChanges changes) {
            return new Running(changes::start, changes::close);
        }
    }

    /** As identity tells it. */
    private record Told(String kind, String domain, String user, String id) {}

    private record News(String epoch, long after, boolean missed, List<Told> changes) {}

    void start() {
        Thread.ofVirtual().name("identity-changes").start(this::run);
    }

    void close() {
        closed.countDown();
        http.shutdownNow();
    }

    private void run() {
        try {
            for (Duration pause = Duration.ZERO; !isClosedWithin(pause); ) {
                pause = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @return what to wait before the next question */
    private Duration next() throws InterruptedException {
        try {
            return round();
        } catch (IOException | JacksonException e) {
            tell(e, null);
        } catch (RuntimeException | Error e) {
            // Our own fault, or an answer that nobody thought of: without this thread nobody would hear of anything.
            tell(e, e);
        }
        epoch = "";
        return PAUSE;
    }

    /** Once, and again when another kind takes its place. */
    private void tell(Throwable failure, @Nullable Throwable trace) {
        if (!failure.getClass().equals(trouble) && closed.getCount() > 0) {
            log.warn(
                    "Identity does not tell what changes; readers ask for its lists meanwhile: {}",
                    failure.toString(),
                    trace);
        }
        trouble = failure.getClass();
    }

    private Duration round() throws IOException, InterruptedException {
        News news = JSON.readValue(ask(), News.class);
        if (trouble != null) {
            log.info("Identity tells again what changes");
        }
        trouble = null;
        epoch = news.epoch();
        after = news.after();
        if (news.missed()) {
            ChangeKind.OF_IDENTITY.forEach(kind -> followers.tell(new Change(kind, new Owner.Everybody(), "")));
        }
        for (Told told : news.changes()) {
            ChangeKind.of(told.kind())
                    .filter(ChangeKind.OF_IDENTITY::contains)
                    .ifPresent(kind ->
                            followers.tell(new Change(kind, new Owner.Account(told.user(), told.domain()), told.id())));
        }
        return news.missed() ? BREATH : Duration.ZERO;
    }

    private String ask() throws IOException, InterruptedException {
        String query = "?epoch=" + URLEncoder.encode(epoch, StandardCharsets.UTF_8) + "&after=" + after;
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(identity.resolve("/identity/internal/v1/changes" + query))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("identity answered " + answer.statusCode());
        }
        return answer.body();
    }
}
