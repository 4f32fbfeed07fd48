package dev.unkai.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A host's certificate and key, issued by a site's authority with openssl. */
record HostCertificate(Path certificate, Path key) {
    static HostCertificate issue(Path authority, UUID host) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("unkai-bench");
        Path key = folder.resolve("host.key");
        Path request = folder.resolve("host.csr");
        Path certificate = folder.resolve("host.crt");
        Path extensions = Files.writeString(
                folder.resolve("extensions"),
                "subjectAltName=URI:unkai:host:" + host + "\nextendedKeyUsage=clientAuth\nkeyUsage=digitalSignature\n");
        openssl(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                request.toString(),
                "-subj",
                "/O=Unkai/CN=" + host);
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                authority.resolve("ca.crt").toString(),
                "-CAkey",
                authority.resolve("ca.key").toString(),
                "-days",
                "1",
                "-extfile",
                extensions.toString(),
                "-out",
                certificate.toString());
        return new HostCertificate(certificate, key);
    }

    private static void openssl(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "openssl";
        System.arraycopy(words, 0, command, 1, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("openssl says: " + output);
        }
    }
}
