package dev.unkai.cloud;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.RunningCloud.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint that a running cloud has, and what the table {@code endpoints.txt} says of it. */
final class Endpoints {
    private final Map<String, Endpoint> endpoints;
    private final Map<String, Line> table;

    private Endpoints(Map<String, Endpoint> endpoints, Map<String, Line> table) {
        this.endpoints = endpoints;
        this.table = table;
    }

    static Endpoints of(RunningCloud cloud) throws IOException {
        return new Endpoints(handlers(cloud), readTable());
    }

    /** A handler under one method and pattern. */
    record Endpoint(String method, String pattern, String action) {
        String key() {
            return method + " " + pattern;
        }

        boolean isPublic() {
            return action.equals(Allow.PUBLIC);
        }
    }

    /** A line of the table: {@code METHOD PATTERN KIND STATUS[|STATUS] [BODY]}. */
    record Line(String kind, Set<Integer> expected, String body) {}

    Collection<Endpoint> all() {
        return endpoints.values();
    }

    Set<String> listed() {
        return new TreeSet<>(table.keySet());
    }

    /** What the table says of the endpoint; null when it is not in it. */
    Line line(Endpoint endpoint) {
        return table.get(endpoint.key());
    }

    /** Calls the endpoint for the owner's thing that the table names. */
    Answer call(RunningCloud cloud, OwnersThings things, String token, Endpoint endpoint, Map<String, String> more) {
        Line line = line(endpoint);
        String path = things.fill(endpoint.pattern(), line == null ? "-" : line.kind());
        String body = line == null || line.body().isEmpty() ? null : things.fillBody(line.body());
        Map<String, String> headers = new HashMap<>(
                endpoint.method().equals("PATCH") && endpoint.pattern().contains("/image/")
                        ? Map.of("Content-Type", "application/openstack-images-v2.1-json-patch")
                        : endpoint.pattern().endsWith("/file")
                                        || endpoint.pattern().endsWith("/stage")
                                ? Map.of("Content-Type", "application/octet-stream")
                                : Map.of());
        headers.putAll(more);
        return cloud.send(token, endpoint.method(), path, body, headers);
    }

    private static Map<String, Endpoint> handlers(RunningCloud cloud) {
        Map<String, Endpoint> found = new TreeMap<>();
        cloud.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
                    Allow allow = handler.getMethodAnnotation(Allow.class);
                    if (handler.getBeanType().getName().startsWith("dev.unkai.")) {
                        String action = Objects.requireNonNull(allow).value();
                        for (String pattern : patterns(info)) {
                            for (RequestMethod method :
                                    info.getMethodsCondition().getMethods()) {
                                Endpoint endpoint = new Endpoint(method.name(), pattern, action);
                                found.put(endpoint.key(), endpoint);
                            }
                        }
                    }
                }));
        return found;
    }

    private static Set<String> patterns(RequestMappingInfo info) {
        return info.getPatternValues();
    }

    private static Map<String, Line> readTable() throws IOException {
        Map<String, Line> lines = new TreeMap<>();
        String text;
        try (var in = Objects.requireNonNull(Endpoints.class.getResourceAsStream("/endpoints.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", 5)));
            Set<Integer> expected = Arrays.stream(words.get(3).split("\\|"))
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
            lines.put(
                    words.get(0) + " " + words.get(1),
                    new Line(words.get(2), expected, words.size() > 4 ? words.get(4) : ""));
        }
        return lines;
    }
}
