package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void upAloneMeansTheDefaultDirectoryWithSamplesInTheForeground() {
        assertThat(Options.parse(List.of("up")))
                .isEqualTo(new Options(
                        Options.Action.UP,
                        Path.of("/var/lib/unkai"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        VpnOptions.UNCHANGED,
                        EdgeOptions.UNCHANGED));
    }

    @Test
    void everyOptionIsUnderstood() {
        assertThat(Options.parse(List.of(
                        "up",
                        "--data",
                        "/d",
                        "--port",
                        "9000",
                        "--host",
                        "cloud.example.org",
                        "--detach",
                        "--clouds",
                        "2",
                        "--masquerade",
                        "on",
                        "--vpn",
                        "203.0.113.9:8444",
                        "--vpn-pool",
                        "203.0.113.64/28",
                        "--certificate",
                        "/etc/ssl/site.crt",
                        "--certificate-key",
                        "/etc/ssl/private/site.key",
                        "--no-samples")))
                .isEqualTo(new Options(
                        Options.Action.UP,
                        Path.of("/d"),
                        Optional.of("cloud.example.org"),
                        Optional.of(9000),
                        true,
                        false,
                        false,
                        Optional.of(2),
                        Optional.of(true),
                        new VpnOptions(Optional.of("203.0.113.9:8444"), Optional.of("203.0.113.64/28")),
                        new EdgeOptions(Map.of(
                                EdgeOptions.Word.CERTIFICATE,
                                "/etc/ssl/site.crt",
                                EdgeOptions.Word.KEY,
                                "/etc/ssl/private/site.key"))));
        assertThat(Options.parse(List.of("up", "--certificate", "off", "--acme-port", "8080"))
                        .edge()
                        .asked())
                .isEqualTo(Map.of(EdgeOptions.Word.CERTIFICATE, "off", EdgeOptions.Word.PORT, "8080"));
        assertThat(Options.parse(List.of("down", "--keep-guests")).keepGuests()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--port 0",
                "--port 65532",
                "--port x",
                "--host a_b",
                "--bogus",
                "--clouds 5",
                "--masquerade yes",
                "--vpn on",
                "--certificate relative.crt",
                "--certificate-key off",
                "--acme http://acme.example/dir",
                "--acme-terms yes",
                "--acme-contact nobody",
                "--acme-names cloud",
                "--acme-names a.example,",
                "--acme-port 65536",
                "--vpn 203.0.113.300",
                "--vpn 203.0.113.9:0",
                "--vpn-pool 203.0.113.64",
                "--vpn-pool 203.0.113.65/28",
                "--vpn-pool 203.0.113.64/30",
                "more"
            })
    void whatCannotBeIsRefusedWithASentence(String arguments) {
        List<String> words = List.of(("up " + arguments).split(" "));

        assertThatThrownBy(() -> Options.parse(words))
                .isInstanceOf(Problem.class)
                .message()
                .isNotBlank();
    }
}
