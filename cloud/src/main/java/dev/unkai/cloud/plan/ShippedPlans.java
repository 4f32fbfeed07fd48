package dev.unkai.cloud.plan;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Publishes the plans that are delivered with the service, as far as they are new: at every start, in every process. */
@Component
public final class ShippedPlans implements ApplicationRunner {
    /** Resources below {@code /plan}; a change of one of them needs a new version in it. */
    public static final List<String> FILES = List.of("shared.yaml", "dedicated.yaml");

    private static final Logger log = LoggerFactory.getLogger(ShippedPlans.class);

    private final PlanPublishing publishing;

    ShippedPlans(PlanPublishing publishing) {
        this.publishing = publishing;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (String file : FILES) {
            try {
                PlanPublishing.Outcome outcome = publishing.publishShipped(text(file));
                if (outcome.fresh()) {
                    Plan plan = outcome.published().plan();
                    log.info("Published version {} of the plan {}", plan.version(), plan.id());
                }
            } catch (Refusal e) {
                // The operator has published later versions of his own under this name, or an older release runs beside
                // a newer one. What is
                // published holds.
                log.info("The delivered plan {} is not published: {}", file, e.sentence());
            }
        }
    }

    /** The text of a delivered plan. */
    public static String text(String file) {
        try (InputStream stream =
                Objects.requireNonNull(ShippedPlans.class.getResourceAsStream("/plan/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
