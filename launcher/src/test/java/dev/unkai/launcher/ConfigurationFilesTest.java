package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
    @TempDir
    private Path folder;

    private DataDirectory directory;
    private Settings secrets;
    private ConfigurationFiles files;

    @BeforeEach
    void choose() {
        directory = new DataDirectory(folder);
        directory.directory("etc", "rwx------");
        secrets = new Settings(directory, "etc/secrets");
        Site site = new Site("127.0.0.1", new Ports(8443));
        files = files(site, new Edge.BuiltIn(), true);
    }

    private ConfigurationFiles files(Site site, Edge edge, boolean evaluation) {
        Postgres postgres = new Postgres(
                directory, secrets, new Keepers(directory), site.ports().database());
        return new ConfigurationFiles(directory, site, postgres, Optional.empty(), edge, evaluation);
    }

    @Test
    void theClientFileNamesOneCloudPerPerson() {
        String clouds = files.clouds(Person.all(secrets, true));

        assertThat(clouds)
                .startsWith("clouds:\n  operator:\n    auth_type: password\n    auth:\n      auth_url: ")
                .contains("\n  sample-shared:\n")
                .contains("\n  sample-dedicated:\n")
                .contains("auth_url: \"https://127.0.0.1:8443/identity/v3\"");
    }

    @Test
    void withoutSamplesThereIsTheOperatorAlone() {
        assertThat(Person.all(secrets, false)).extracting(Person::cloud).containsExactly("operator");
    }

    @Test
    void theAccountsForEvaluationNeedNoSecondFactorSoThatTheirFileKeepsWorking() {
        var people = Person.all(secrets, true);
        assertThat(ConfigurationFiles.bootstrap(people)
                        .lines()
                        .filter(line -> line.equals("  second-factor: \"exempt\"")))
                .hasSameSizeAs(people);
    }

    @Test
    void withoutSamplesTheOperatorNeedsASecondFactorLikeAnybody() {
        assertThat(ConfigurationFiles.bootstrap(Person.all(secrets, false)))
                .contains("user: \"operator\"")
                .doesNotContain("second-factor");
    }

    @Test
    void breakGlassIsOpenForAnEvaluationOnlyAndRequiredAsDelivered() {
        String open = "\n  break-glass: \"open\"\n";
        assertThat(files.identity()).contains(open);
        assertThat(files.cloud(1, "unix:/x", new ExternalNetwork(2))).contains(open);
        ConfigurationFiles real = files(new Site("127.0.0.1", new Ports(8443)), new Edge.BuiltIn(), false);
        assertThat(real.identity() + real.cloud(1, "unix:/x", new ExternalNetwork(2)))
                .doesNotContain("break-glass");
    }

    @Test
    void whatTheOperatorWroteStandsOverWhatAStartWrites() throws Exception {
        String before = files.identity();
        Files.writeString(
                directory.of("etc/identity.local.yaml"),
                "unkai:\n  identity:\n    second-factor: required-for-roles admin\n");

        assertThat(files.identity())
                .isEqualTo(before + "---\nunkai:\n  identity:\n    second-factor: required-for-roles admin\n");
    }

    @Test
    void noProcessLearnsAnothersPassword() {
        String identity = files.identity();
        String ledger = files.ledger();
        String cloud = files.cloud(1, "unix:/x", new ExternalNetwork(2));

        for (String role : List.of("owner", "api", "system")) {
            String password = secrets.password("database.cloud." + role);
            assertThat(cloud).contains(password);
            assertThat(identity + ledger).doesNotContain(password);
        }
        assertThat(cloud).contains("cidr: \"198.51.100.64/27\"").contains("gateway: \"198.51.100.65\"");
    }

    @Test
    void passwordsAreKeptAndReadableByTheirOwnerAlone() throws Exception {
        String first = secrets.password("person.operator");

        assertThat(new Settings(directory, "etc/secrets").password("person.operator"))
                .isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(directory.of("etc/secrets"))).hasSize(2);
    }

    @Test
    void clientsOfACertificateFromOutsideTrustWhatTheMachineTrustsAndTheBuiltInAuthority() throws Exception {
        directory.directory("pki", "rwxr-xr-x");
        Authority.openOrMake(directory, Clock.systemUTC());
        Site site = new Site("cloud.example.org", new Ports(8443));
        ConfigurationFiles outside =
                files(site, new Edge.FromFiles(Path.of("/etc/site.crt"), Path.of("/etc/site.key")), false);
        outside.writeAuthority();

        assertThat(outside.clouds(Person.all(secrets, true)))
                .contains("cacert: \"" + directory.of("pki/clients.crt") + "\"");
        assertThat(Files.readString(outside.authority())).startsWith(Files.readString(directory.of("pki/ca.crt")));
        assertThat(files.authority()).isEqualTo(directory.of("pki/ca.crt"));
        assertThat(new Edge.FromFiles(Path.of("/etc/site.crt"), Path.of("/etc/site.key")).ofCloud(directory, 1))
                .startsWith("  edge:\n    source: \"file\"\n    origin: \"/etc/site.crt\"\n")
                .contains("    key: \"" + directory.of("pki/edge.pem") + "\"\n");
        assertThat(new Edge.BuiltIn().ofCloud(directory, 1)).isEmpty();
    }
}
