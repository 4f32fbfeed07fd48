package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.launcher.EdgeOptions.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcmeTest {
    private static final String SERVER = "https://acme.example/dir";
    private static final Site SITE = new Site("cloud.example.org", new Ports(8443));
    private static final EdgeOptions ASKED =
            EdgeOptions.UNCHANGED.with(Word.ACME, SERVER).with(Word.TERMS, "agreed");

    @TempDir
    private Path folder;

    private DataDirectory directory;
    private Settings settings;

    @BeforeEach
    void makeDirectory() {
        directory = new DataDirectory(folder);
        directory.directory("etc", "rwx------");
        directory.directory("pki", "rwxr-xr-x");
        settings = new Settings(directory, "etc/settings");
    }

    @Test
    void itIsKeptAndTheFirstCloudProcessAloneOrders() {
        Edge chosen = choose(ASKED.with(Word.CONTACT, "a@example.org"));

        assertThat(chosen)
                .isEqualTo(new Acme(
                        SERVER,
                        List.of("cloud.example.org"),
                        Optional.of("a@example.org"),
                        Optional.empty(),
                        Optional.empty(),
                        "0.0.0.0",
                        80));
        assertThat(choose(EdgeOptions.UNCHANGED)).isEqualTo(chosen);
        assertThat(chosen.ofCloud(directory, 1))
                .startsWith("  edge:\n    source: \"acme\"\n    origin: \"" + SERVER + "\"\n")
                .contains("\n    acme:\n      folder: \"" + folder + "/edge\"\n")
                .contains("\n      names: [\"cloud.example.org\"]\n")
                .endsWith("\n      orders: true\n");
        assertThat(chosen.ofCloud(directory, 2)).endsWith("\n      orders: false\n");
        assertThat(choose(EdgeOptions.UNCHANGED.with(Word.ACME, "off"))).isEqualTo(new Edge.BuiltIn());
    }

    @Test
    void theTermsOfEachServerAreAgreedToByWhoChoosesIt() {
        refused(EdgeOptions.UNCHANGED.with(Word.ACME, SERVER)).isEqualTo("edge.terms");
        choose(ASKED);
        assertThat(choose(EdgeOptions.UNCHANGED.with(Word.ACME, SERVER))).isInstanceOf(Acme.class);
        refused(EdgeOptions.UNCHANGED.with(Word.ACME, "https://other.example/dir"))
                .isEqualTo("edge.terms");
        assertThat(((Acme) choose(EdgeOptions.UNCHANGED)).server())
                .as("what was refused is not kept")
                .isEqualTo(SERVER);
    }

    @Test
    void whatCouldNotWorkIsRefusedWithWhatToDo() throws IOException {
        refused(ASKED.with(Word.NAMES, "a.example.org,b.example.org")).isEqualTo("edge.names");
        refused(ASKED.with(Word.CERTIFICATE, "/etc/site.crt")).isEqualTo("edge.both");
        refused(ASKED.with(Word.AUTHORITY, folder + "/none.crt")).isEqualTo("edge.refused.unreadable");
        refused(ASKED.with(Word.BINDING, "kid-1")).isEqualTo("edge.binding");
        Path key = Files.writeString(folder.resolve("key"), "no key");
        refused(ASKED.with(Word.BINDING, "kid-1").with(Word.BINDING_KEY, key.toString()))
                .isEqualTo("edge.binding.key");
        Files.writeString(key, "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajV\n");
        Edge bound = choose(ASKED.with(Word.BINDING, "kid-1").with(Word.BINDING_KEY, key.toString()));
        assertThat(bound.ofCloud(directory, 1)).contains("binding-key: \"zWNDZM6eQGHWpSRTPal5eIUYFTu7EajV\"\n");
    }

    @Test
    void theRightToALowPortIsTheOnlyOne() {
        assertThat(Account.CLOUD.prefixWithLowPorts())
                .contains("--bounding-set=-all,+net_bind_service", "--no-new-privs")
                .last()
                .isEqualTo("--");
        assertThat(((Acme) choose(ASKED)).needsLowPort()).isTrue();
        assertThat(((Acme) choose(ASKED.with(Word.PORT, "8080"))).needsLowPort())
                .isFalse();
    }

    private Edge choose(EdgeOptions wanted) {
        return Edge.choose(wanted, settings, SITE, new GivenFiles(directory, Clock.systemUTC(), Account.ROOT));
    }

    private AbstractObjectAssert<?, String> refused(EdgeOptions wanted) {
        return assertThatThrownBy(() -> choose(wanted)).extracting(problem -> ((Problem) problem).key());
    }
}
