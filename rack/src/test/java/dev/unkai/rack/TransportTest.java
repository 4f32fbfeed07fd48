package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a stranger finds out about the public door's TLS: testssl.sh looks at it, and finds nothing above "low" (9.4.2, 10.1.1). */
@ExtendWith(RunningSite.class)
class TransportTest {
    /** A minute on an idle machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** How testssl.sh calls what it finds; INFO, OK and LOW are the others. */
    private static final Set<String> BAD = Set.of("MEDIUM", "HIGH", "CRITICAL", "WARN", "FATAL");

    /** What testssl.sh calls bad and does not apply here, with the reason. */
    private static final Map<String, String> NOT_OURS = Map.of(
            "cert_revocation",
            "The built-in authority says in each certificate that there is no list of what it took back (noRevAvail, RFC 9608, which this tester"
                    + " does not know), and gives them for half a year. A public authority's certificate brings its own list.",
            "engine_problem",
            "Of the tester's openssl, which lacks GOST ciphers; those are none that we offer.");

    /** How often testssl.sh may say that one of its own connections came to nothing, which its client's quick end brings about now and then. */
    private static final int LOOKS = 3;

    @Test
    void testsslFindsNothingAboveLow(Site site, @TempDir Path folder) throws IOException {
        JsonNode findings = look(site, folder.resolve("1.json"));
        for (int number = 2; number <= LOOKS && missedSomething(findings); number++) {
            findings = look(site, folder.resolve(number + ".json"));
        }
        check(findings);
    }

    private static boolean missedSomething(JsonNode findings) {
        return findings.valueStream()
                .anyMatch(finding -> finding.path("finding").asString().contains("because of connect problem"));
    }

    private static JsonNode look(Site site, Path found) throws IOException {
        Command.run(
                PATIENCE,
                Map.of(),
                "testssl",
                "--quiet",
                "--color",
                "0",
                "--warnings",
                "batch",
                "--nodns",
                "none",
                "--ip",
                "127.0.0.1",
                "--add-ca",
                site.data().resolve("pki/ca.crt").toString(),
                "--protocols",
                "--std",
                "--pfs",
                "--server-preference",
                "--server-defaults",
                "--headers",
                "--vulnerable",
                "--jsonfile",
                found.toString(),
                "https://localhost:" + site.port());
        return Api.JSON.readTree(Files.readString(found));
    }

    private static void check(JsonNode findings) {
        List<String> bad = findings.valueStream()
                .filter(finding -> BAD.contains(finding.path("severity").asString()))
                .filter(finding -> !NOT_OURS.containsKey(finding.path("id").asString()))
                .map(finding -> finding.path("severity").asString() + " "
                        + finding.path("id").asString() + ": "
                        + finding.path("finding").asString())
                .toList();
        assertThat(bad).isEmpty();
        // That it looked: both versions, the chain to the site's own authority, and the headers.
        assertThat(finding(findings, "TLS1_3")).contains("offered");
        assertThat(finding(findings, "TLS1_1")).isEqualTo("not offered");
        assertThat(finding(findings, "cert_chain_of_trust")).isEqualTo("passed.");
        assertThat(finding(findings, "HSTS_time")).contains("365 days");
        assertThat(finding(findings, "heartbleed")).startsWith("not vulnerable");
    }

    private static String finding(JsonNode findings, String id) {
        return findings.valueStream()
                .filter(finding -> finding.path("id").asString().equals(id))
                .map(finding -> finding.path("finding").asString())
                .findFirst()
                .orElse("");
    }
}
