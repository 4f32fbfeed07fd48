package dev.unkai.web;

import dev.unkai.base.Refusal;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What to say of a request body that could not be read: which field is wrong, and what it should be. Never its value. */
final class UnreadableBody {
    private static final int LONGEST = 80;

    private UnreadableBody() {}

    static Refusal refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return Refusal.invalid("The field \"" + path(unknown) + "\" is not known here.");
            }
            if (cause instanceof MismatchedInputException mismatch) {
                String path = path(mismatch);
                String what = path.isEmpty() ? "The request body" : "The field \"" + path + "\"";
                return Refusal.invalid(what + " must be " + expected(mismatch.getTargetType()) + ".");
            }
        }
        return Refusal.invalid("The request body is not valid JSON.");
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.length() > LONGEST ? path.substring(0, LONGEST) + "…" : path.toString();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another form";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type.isEnum()) {
            return "one of the words that are known here";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number that fits";
        }
        if (TemporalAccessor.class.isAssignableFrom(type)) {
            return "a time such as 2030-01-31T12:00:00Z";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "a JSON object" : "of another form";
    }
}
