package dev.unkai.base.tls;

import dev.unkai.base.data.TestFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A certificate authority in a folder, made with openssl, for tests that need real TLS. */
public final class TestPki {
    private static final List<String> KEY = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    private final Path folder;

    public TestPki() {
        folder = TestFolder.create("unkai-pki");
        openssl("req", "-x509", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=test authority");
    }

    /** A certificate with this common name for 127.0.0.1 and localhost, and any further subject alternative names. */
    public PemFiles issue(String name, String... alternativeNames) {
        String names = String.join(",", "DNS:localhost", "IP:127.0.0.1");
        for (String more : alternativeNames) {
            names += "," + more;
        }
        openssl(
                "req",
                "-x509",
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-addext",
                "subjectAltName=" + names,
                "-addext",
                "basicConstraints=critical,CA:FALSE");
        return new PemFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"), folder.resolve("ca.crt"));
    }

    private void openssl(String command, String... words) {
        List<String> all = new java.util.ArrayList<>(List.of("openssl", command));
        all.addAll(KEY);
        all.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(all)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
