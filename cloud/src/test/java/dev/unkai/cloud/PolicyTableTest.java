package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/policy.md} is what the processes decide by, in a form for people. */
class PolicyTableTest {
    private static final String RENEWAL =
            "mvn -pl cloud -am test -Dtest=PolicyTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dunkai.renew=yes";
    private static final Path TABLE = Path.of("..", "docs", "policy.md");
    private static final Pattern ASKED = Pattern.compile("\\bmay\\('([^']+)'\\)");
    private static final Map<String, Path> POLICIES = Map.of(
            "cloud", Path.of("src", "main", "resources", "policy.conf"),
            "identity", Path.of("..", "identity", "src", "main", "resources", "policy.conf"));

    @Test
    void theTableInTheDocumentsIsThatOfThePolicyFiles() throws IOException {
        String table = table();
        if (System.getProperty("unkai.renew") != null) {
            Files.writeString(TABLE, table);
        }

        assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "")
                .as("docs/policy.md is out of date; renew it by: " + RENEWAL)
                .isEqualTo(table);
    }

    /** A page whose action nobody may do would never be shown to anybody. */
    @Test
    void theConsoleAsksForActionsThatThereAre() throws IOException {
        List<String> asked;
        try (Stream<Path> files = Files.walk(Path.of("..", "console", "src"))) {
            asked = files.filter(file -> file.toString().matches(".*\\.tsx?"))
                    .flatMap(file -> ASKED.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
        }
        try (InputStream in = Files.newInputStream(POLICIES.get("cloud"))) {
            assertThat(asked).isNotEmpty().isSubsetOf(Policy.parse(in).actions());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Who may do what

                Every request names one of these actions, and its token must have a role that may do it, whether it comes from the console, a command
                or a program; whose things it may be done to is decided besides, by project and domain. What is not listed nobody may do. Where a fresh proof is
                wanted, a session of the console has to show once more who it is, when the last time is longer ago than the policy's minutes.
                Made from `policy.conf` of `cloud` and `identity`; renew it by
                `%s`.

                """.formatted(RENEWAL));
        for (Map.Entry<String, Path> file : new TreeMap<>(POLICIES).entrySet()) {
            try (InputStream in = Files.newInputStream(file.getValue())) {
                section(text, file.getKey(), Policy.parse(in));
            }
        }
        return text.toString().strip() + "\n";
    }

    private static void section(StringBuilder text, String process, Policy policy) {
        List<Role> roles = List.of(Role.values());
        text.append("## ")
                .append(process)
                .append("\n\n| action | ")
                .append(roles.stream().map(Role::wireName).collect(Collectors.joining(" | ")))
                .append(" | fresh proof |\n|---|")
                .append("---|".repeat(roles.size() + 1))
                .append('\n');
        for (String action : policy.actions().stream().sorted().toList()) {
            text.append("| `").append(action).append("` | ");
            text.append(Arrays.stream(Role.values())
                    .map(role -> policy.permits(action, List.of(role.wireName())) ? "yes" : "–")
                    .collect(Collectors.joining(" | ")));
            text.append(policy.wantsFreshProof(action) ? " | yes |\n" : " | – |\n");
        }
        text.append('\n');
    }
}
