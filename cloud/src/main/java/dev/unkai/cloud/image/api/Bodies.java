package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what requests carry: JSON of any media type that the Image API uses, and ids in paths. */
@Component
final class Bodies {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final JsonMapper json;

    Bodies(JsonMapper json) {
        this.json = json;
    }

    JsonNode read(HttpServletRequest request) {
        try {
            JsonNode body = json.readTree(request.getInputStream().readAllBytes());
            if (body == null || body.isMissingNode()) {
                throw Refusal.invalid("Body expected in request.");
            }
            return body;
        } catch (JacksonException | IOException e) {
            throw Refusal.invalid("The request body is not valid JSON, or is nested too deeply.");
        }
    }

    /** The id, or a not-found Refusal: what is no id is the id of nothing. */
    static UUID imageId(String text) {
        if (!ID.matcher(text).matches()) {
            throw Refusal.notFound("No image found with ID " + (text.length() > 64 ? text.substring(0, 64) : text));
        }
        return UUID.fromString(text);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
