package dev.unkai.node;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** An authority and certificates for tests, made by openssl. */
public final class TestCertificates {
    private final Path directory;

    public TestCertificates(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                file("ca.key"),
                "-out",
                file("ca.crt"));
    }

    public PemFiles issue(String name) throws IOException {
        return issue(name, "");
    }

    /** A node's certificate that names its host, as the others know it. */
    public PemFiles issueHost(String name, UUID host) throws IOException {
        return issue(name, ",URI:unkai:host:" + host);
    }

    private PemFiles issue(String name, String moreNames) throws IOException {
        Files.writeString(
                directory.resolve(name + ".ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost" + moreNames + "\n");
        Commands.run(
                "openssl",
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file(name + ".key"),
                "-out",
                file(name + ".csr"));
        return sign(name, name);
    }

    /** Another certificate for the key and the names of one that was issued, in a file of its own. */
    public PemFiles again(String name) {
        try {
            return sign(name, name + "-again");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PemFiles sign(String name, String as) throws IOException {
        Commands.run(
                "openssl",
                "x509",
                "-req",
                "-in",
                file(name + ".csr"),
                "-CA",
                file("ca.crt"),
                "-CAkey",
                file("ca.key"),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                file(name + ".ext"),
                "-out",
                file(as + ".crt"));
        return new PemFiles(
                directory.resolve(as + ".crt"), directory.resolve(name + ".key"), directory.resolve("ca.crt"));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
