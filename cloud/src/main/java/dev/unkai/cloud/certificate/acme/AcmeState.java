package dev.unkai.cloud.certificate.acme;

import dev.unkai.cloud.certificate.RenewalAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is under way, kept in a file so that a process that dies goes on where it was.
 *
 * @param directory of the server that the rest is about
 * @param order address of the order that was begun; null: none is
 * @param failures how often in a row it failed
 * @param at when it was last tried
 * @param next not before then; null: at once
 * @param failure why it failed; null after a success
 */
record AcmeState(
        String directory,
        List<String> names,
        @Nullable String order,
        int failures,
        @Nullable Instant at,
        @Nullable Instant next,
        RenewalAttempt.@Nullable Failure failure) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_DOUBLINGS = 10;

    static AcmeState fresh(AcmeSettings settings) {
        return new AcmeState(settings.directory().toString(), settings.names(), null, 0, null, null, null);
    }

    /** As it was left; a fresh one where there is none, and where it is about another server or other names. */
    static AcmeState read(AcmeSettings settings) {
        try {
            if (!Files.exists(settings.state())) {
                return fresh(settings);
            }
            AcmeState found = JSON.readValue(Files.readString(settings.state()), AcmeState.class);
            boolean same = found.directory().equals(settings.directory().toString())
                    && found.names().equals(settings.names());
            return same ? found : fresh(settings);
        } catch (IOException | JacksonException e) {
            return fresh(settings); // nothing is lost by it but an order that ends by itself
        }
    }

    AcmeState keep(AcmeSettings settings) throws IOException {
        SecretFile.write(settings.state(), JSON.writeValueAsString(this));
        return this;
    }

    AcmeState begun(@Nullable String newOrder) {
        return new AcmeState(directory, names, newOrder, failures, at, next, failure);
    }

    AcmeState failed(Fault fault, Instant now) {
        Duration pause = fault.firstPause().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Instant usual = now.plus(pause.compareTo(fault.longestPause()) < 0 ? pause : fault.longestPause());
        Instant asked = fault.notBefore().orElse(usual);
        return new AcmeState(
                directory,
                names,
                fault.orderIsOver() ? null : order,
                failures + 1,
                now,
                asked.isAfter(usual) ? asked : usual,
                fault.failure());
    }

    AcmeState done(Instant now) {
        return new AcmeState(directory, names, null, 0, now, null, null);
    }

    /** Empty while nothing was tried. */
    Optional<RenewalAttempt> attempt() {
        return at == null && failure == null
                ? Optional.empty()
                : Optional.of(new RenewalAttempt(at, next, Optional.ofNullable(failure)));
    }
}
