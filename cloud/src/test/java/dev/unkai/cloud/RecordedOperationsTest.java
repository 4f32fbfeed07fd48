package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedLines;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything that clients were seen to ask of the compute, network and image services has an address here. */
class RecordedOperationsTest {
    private static RunningCloud cloud;
    private static List<Operation> operations;

    /** @param path below the service's version, with {@code {}} for what varies; perhaps {@code #action} */
    private record Operation(String service, String method, String path) {
        static Operation of(String line) {
            String[] words = line.split(" ");
            return new Operation(words[0], words[1], words[2]);
        }

        boolean isAction() {
            return path.contains("#");
        }

        String action() {
            return path.substring(path.indexOf('#') + 1);
        }

        String address() {
            String root = switch (service) {
                case "compute" -> "/compute/v2.1/";
                case "network" -> "/network/v2.0/";
                case "image" -> "/image/v2/";
                default -> "/" + service + "/";
            };
            return switch (path) {
                case "(versions)" -> "/" + service;
                case "/" -> root;
                default -> root + (isAction() ? path.substring(0, path.indexOf('#')) : path);
            };
        }
    }

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
        operations =
                RecordedLines.of("/operations.txt").stream().map(Operation::of).toList();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void everyRecordedOperationHasAnAddress() {
        Set<String> routes = new TreeSet<>();
        cloud.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .forEach((info, _) -> info.getPatternValues()
                                .forEach(pattern -> info.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method ->
                                                routes.add(method + " " + pattern.replaceAll("\\{[^}]*\\}", "{}"))))));

        assertThat(operations).hasSizeGreaterThan(100);
        assertThat(operations.stream()
                        .map(operation -> operation.method() + " " + operation.address())
                        .filter(operation -> !routes.contains(operation)))
                .isEmpty();
    }

    @Test
    void everyRecordedActionIsKnown() {
        String token = cloud.token("project-of-actions", "admin", "member", "reader");
        for (Operation operation : operations) {
            if (operation.isAction()) {
                String path = operation.address().replace("{}", "8d3f4a51-0d3c-4a4f-9b5e-0e6f3f1c2b7a");
                String answer = cloud.send(
                                token, "POST", path, "{\"%s\":{\"nonsense\":1}}".formatted(operation.action()))
                        .text();
                assertThat(answer).as(operation.toString()).doesNotContain("There is no such action");
            }
        }
        assertThat(cloud.send(
                                token,
                                "POST",
                                "/compute/v2.1/servers/8d3f4a51-0d3c-4a4f-9b5e-0e6f3f1c2b7a/action",
                                "{\"no-such\":null}")
                        .text())
                .contains("There is no such action");
    }
}
