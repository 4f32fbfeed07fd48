package dev.unkai.wire.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cloud process tells identity of break-glass with a request that it hands on: whether the site requires it, and what its caller has been granted at
 * this moment. Identity believes it of a cloud process only, which it knows by its certificate.
 *
 * @param required whether the provider's people need a grant for what they do in customers' contracts
 * @param grants what runs for the request's caller
 */
public record BreakGlassWord(boolean required, List<Grant> grants) {
    /** The header that has the {@link #text}. */
    public static final String HEADER = "X-Unkai-Break-Glass";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public BreakGlassWord {
        grants = List.copyOf(grants);
    }

    /**
     * An access that was approved by a second person and runs.
     *
     * @param person the id of the account that it is for
     * @param project whose contract it is for
     */
    public record Grant(String id, String person, String project, String ticket, Instant endsAt) {}

    /** Fit for a header: tickets may be in any language. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a text that {@link #text} does not make. */
    public static Optional<BreakGlassWord> parse(String text) {
        try {
            return Optional.of(JSON.readValue(Base64.getUrlDecoder().decode(text), BreakGlassWord.class));
        } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
            return Optional.empty();
        }
    }
}
