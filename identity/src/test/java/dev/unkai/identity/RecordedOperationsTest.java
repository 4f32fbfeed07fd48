package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedLines;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything that clients were seen to ask of the identity service has an address here. */
class RecordedOperationsTest {
    private final RunningIdentity identity = RunningIdentity.shared();

    @Test
    void everyRecordedOperationHasAnAddress() {
        Set<String> routes = new TreeSet<>();
        identity.context
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .forEach((info, _) -> info.getPatternValues()
                                .forEach(pattern -> info.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method -> routes.add(method + " " + plain(pattern))))));

        assertThat(operations()).hasSizeGreaterThan(30);
        assertThat(operations().stream().filter(operation -> !routes.contains(operation)))
                .isEmpty();
    }

    /** One address stands for several where a kind varies; those in the record are of users on projects. */
    private static String plain(String pattern) {
        return pattern.replace("{scope:projects|domains}", "projects")
                .replace("{kind:users|groups}", "users")
                .replaceAll("\\{[^}]*\\}", "{}");
    }

    /** What a method is asked of; a look at the head is a read without its body. */
    private static List<String> operations() {
        return RecordedLines.of("/operations.txt").stream()
                .map(line -> line.split(" "))
                .map(words -> words[1].replace("HEAD", "GET") + " " + address(words[2]))
                .toList();
    }

    private static String address(String path) {
        return switch (path) {
            case "(versions)" -> "/identity";
            case "/" -> "/identity/v3";
            default -> "/identity/v3/" + path;
        };
    }
}
