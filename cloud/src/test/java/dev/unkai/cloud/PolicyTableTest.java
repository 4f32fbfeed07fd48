package dev.unkai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.access.Policy;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/policy.md} is what the processes decide by, in a form for people. */
class PolicyTableTest {
    private static final String RENEWAL =
            "mvn -pl cloud -am test -Dtest=PolicyTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dunkai.renew=yes";
    private static final Path TABLE = Path.of("..", "docs", "policy.md");
    private static final Pattern ASKED =
            Pattern.compile("\\b(?:may\\(|action: |unless: |useMay\\(\\)\\()'([^']+:[^']+)'");
    private static final Map<Role, Role> TWINS =
            Map.of(Role.VIEWER, Role.READER, Role.OPERATOR, Role.MEMBER, Role.MASTER, Role.MANAGER);
    private static final List<Role> COLUMNS = Arrays.stream(Role.values())
            .filter(role -> !TWINS.containsValue(role))
            .toList();
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
                or a program. **own**: to the things of one's own project; **all**: to all customers' things, for the provider. What is not listed nobody may. Where a
                fresh proof is wanted, a session of the console has to show once more who it is, when the last time is longer ago than the policy's minutes. **In a
                view**: what one of the provider's people may ask for who looks as a customer sees it, whatever his roles: to look, or what belongs to the view itself.

                A customer's roles have two names: ours, and behind it the one by which OpenStack's clients know it. Whoever has ours has that one as
                well (an implied role), so a token lists both. `admin` does everything, and is meant for evaluation.

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
        text.append("## ")
                .append(process)
                .append("\n\n| action | ")
                .append(row(role -> role.wireName()
                        .replace('-', ' ')
                        .concat(twin(role)
                                .map(other -> " / " + other.wireName())
                                .orElse(""))));
        text.append(" | fresh proof | in a view |\n|---|")
                .append("---|".repeat(COLUMNS.size() + 2))
                .append('\n');
        for (String action : policy.actions().stream().sorted().toList()) {
            text.append("| `").append(action).append("` | ");
            text.append(row(role -> policy.side(action, List.of(role.wireName()))
                    .map(side -> side == Side.PROVIDER ? "all" : "own")
                    .orElse("–")));
            text.append(policy.wantsFreshProof(action) ? " | yes" : " | –");
            text.append(policy.isViewed(action) ? " | looks |\n" : policy.isOfView(action) ? " | yes |\n" : " | – |\n");
        }
        text.append('\n');
    }

    private static String row(Function<Role, String> cell) {
        return COLUMNS.stream().map(cell).collect(Collectors.joining(" | "));
    }

    /** The name by which clients know one of the customer's roles. */
    private static Optional<Role> twin(Role role) {
        return Optional.ofNullable(TWINS.get(role));
    }

    /** So a column may stand for both names, and a manager who gives a role gives nobody more than he has. */
    @Test
    void twoNamesOfARoleMayTheSameAndAManagerMayWhateverACustomerMay() throws IOException {
        for (Path file : POLICIES.values()) {
            try (InputStream in = Files.newInputStream(file)) {
                Policy policy = Policy.parse(in);
                TWINS.forEach((ours, theirs) -> assertThat(permitted(policy, ours))
                        .as(ours + " of " + file)
                        .isEqualTo(permitted(policy, theirs)));
                for (String customers : Role.namesOf(Side.CUSTOMER)) {
                    assertThat(permitted(policy, Role.MANAGER)).containsAll(policy.permitted(List.of(customers)));
                }
            }
        }
    }

    /** Who looks as a customer sees it has the roles of one who changes nothing; what such a one keeps for himself, or takes away, is still no part of it. */
    @Test
    void aViewLooksAtWhatIsAReadersAndAtNoSecrets() throws IOException {
        try (InputStream in = Files.newInputStream(POLICIES.get("cloud"))) {
            Policy policy = Policy.parse(in);
            List<String> looks =
                    policy.actions().stream().filter(policy::isViewed).toList();
            assertThat(looks)
                    .isNotEmpty()
                    .isSubsetOf(permitted(policy, Role.READER))
                    .allMatch(action -> action.matches(".*:(list|show)"))
                    .noneMatch(
                            action -> action.matches(
                                    ".*(password|credential|keypair|download|export|evidence|break-glass|user:|account|session).*"));
        }
    }

    @Test
    void auditorsChangeNothingAndNobodyOfTheProviderApprovesWhatHeAsksFor() throws IOException {
        try (InputStream in = Files.newInputStream(POLICIES.get("cloud"))) {
            Policy policy = Policy.parse(in);
            Pattern reading = Pattern.compile(".*:(list|list-all|show|read|export)");
            assertThat(policy.actions())
                    .filteredOn(
                            action -> policy.side(action, List.of("auditor")).equals(Optional.of(Side.PROVIDER)))
                    .allMatch(action -> reading.matcher(action).matches());
            assertThat(policy.permits("operation:break-glass:decide", List.of("service-operator")))
                    .isFalse();
            assertThat(policy.permits("operation:break-glass:request", List.of("security-officer")))
                    .isFalse();
            assertThat(policy.permitted(List.of("billing")))
                    .contains("contract:show", "compute:usage:show", "compute:quota:show")
                    .noneMatch(action -> action.matches("(compute:server|network|image|topology|history).*")
                            && !action.equals("network:quota:show"));
        }
    }

    private static List<String> permitted(Policy policy, Role role) {
        return policy.permitted(List.of(role.wireName()));
    }
}
