package dev.unkai.base.openapi;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/** What the annotations of Spring's web say, by their names: these tests serve processes with it, and have none themselves. */
final class Spring {
    private static final String WEB = "org.springframework.web.bind.annotation.";
    /** {@code ValueConstants.DEFAULT_NONE} begins with it. */
    private static final String NOTHING = "\n\t\t\n";

    private Spring() {}

    static boolean isController(Class<?> type) {
        return has(type, "RestController");
    }

    static boolean has(AnnotatedElement element, String name) {
        return MergedAnnotations.from(element).isPresent(WEB + name);
    }

    static Optional<MergedAnnotation<?>> find(AnnotatedElement element, String name) {
        MergedAnnotation<?> found = MergedAnnotations.from(element).get(WEB + name);
        return found.isPresent() ? Optional.of(found) : Optional.empty();
    }

    static List<String> paths(AnnotatedElement element) {
        List<String> paths = find(element, "RequestMapping")
                .map(found -> List.of(found.getStringArray("path")))
                .orElse(List.of());
        return paths.isEmpty() ? List.of("") : paths;
    }

    static List<String> verbs(AnnotatedElement element) {
        return find(element, "RequestMapping")
                .flatMap(found -> found.getValue("method"))
                .map(methods -> Arrays.stream((Object[]) methods)
                        .map(method -> method.toString().toLowerCase(java.util.Locale.ROOT))
                        .toList())
                .orElse(List.of());
    }

    static List<String> produced(AnnotatedElement element) {
        return find(element, "RequestMapping")
                .map(found -> List.of(found.getStringArray("produces")))
                .orElse(List.of());
    }

    /** By {@code @ResponseStatus}; 200 without one. */
    static int status(AnnotatedElement element) {
        return find(element, "ResponseStatus")
                .flatMap(found -> found.getValue("code"))
                .map(code -> switch (code.toString().split(" ")[0]) {
                    case String number when number.matches("\\d+") -> Integer.parseInt(number);
                    case String other -> throw new IllegalStateException(other);
                })
                .orElse(200);
    }

    static Optional<String> standard(MergedAnnotation<?> parameter) {
        String value = parameter.getString("defaultValue");
        return value.startsWith(NOTHING) ? Optional.empty() : Optional.of(value);
    }
}
