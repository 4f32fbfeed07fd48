package dev.unkai.cloud.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What became of the last look after each certificate: root's loop writes a file about those that it renews, {@code unkai.certificates.renewals}. */
@Component
class RenewalAttempts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Optional<Path> file;
    private final Optional<PublicCertificate> edge;

    RenewalAttempts(Environment environment, Optional<PublicCertificate> edge) {
        this.file = Optional.ofNullable(environment.getProperty("unkai.certificates.renewals"))
                .map(Path::of);
        this.edge = edge;
    }

    Optional<RenewalAttempt> of(CertificatePlace place) {
        return switch (place.renewal()) {
            case ACME -> edge.flatMap(PublicCertificate::attempt);
            case FILE -> noted(place.name());
            // Shown at the public door is the certificate of this process itself.
            case BUILT_IN -> noted(place.name().equals(CertificatePlaces.EDGE) ? "cloud" : place.name());
            case HOST, UP -> Optional.empty();
        };
    }

    private Optional<RenewalAttempt> noted(String name) {
        if (file.isEmpty() || !Files.isReadable(file.get())) {
            return Optional.empty();
        }
        try {
            JsonNode entry = JSON.readTree(Files.readString(file.get())).path(name);
            return entry.isMissingNode() ? Optional.empty() : Optional.of(attempt(entry));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static RenewalAttempt attempt(JsonNode entry) {
        JsonNode failure = entry.path("failure");
        return new RenewalAttempt(
                time(entry.path("at")),
                time(entry.path("next")),
                failure.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new RenewalAttempt.Failure(
                                failure.path("reason").asString(""),
                                failure.path("values")
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .toList(),
                                failure.path("detail").asString(""))));
    }

    private static @Nullable Instant time(JsonNode text) {
        return text.isString() ? Instant.parse(text.asString()) : null;
    }
}
