package dev.unkai.launcher;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.launcher.EdgeOptions.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public certificate from an ACME server (RFC 8555), which the first cloud process asks for it.
 *
 * @param server URL of its directory
 * @param names what the certificate is for; the site's own is among them
 * @param authority file with the server's own authority; empty: those that Java trusts
 * @param address where the server's questions are answered
 */
record Acme(
        String server,
        List<String> names,
        Optional<String> contact,
        Optional<Path> authority,
        Optional<Binding> binding,
        String address,
        int port)
        implements Edge {
    /** What the account of the cloud's process writes: keys, certificate, what is under way. */
    static final String FOLDER = "edge";
    /** The copy of the server's authority, which that account can read. */
    private static final String TRUSTED = "pki/acme-authority.crt";

    private static final int USUAL_PORT = 80;
    /** ip_unprivileged_port_start (ip(7)) as it is delivered. */
    private static final int LEAST_FREE_PORT = 1024;

    /** The account at the server's operator that ours is to belong to (RFC 8555 section 7.3.4). */
    record Binding(String id, Path key) {}

    /** @param name by which browsers reach the site */
    static Acme of(String server, EdgeOptions wanted, Settings settings, String name, String address) {
        // Agreed with one server is not agreed with another.
        boolean before =
                settings.find(Word.ACME.setting()).filter(server::equals).isPresent();
        if (!wanted.asked().containsKey(Word.TERMS)
                && !(before && settings.find(Word.TERMS.setting()).isPresent())) {
            throw new Problem("edge.terms", server);
        }
        List<String> names = Edge.list(wanted.value(Word.NAMES, settings).orElse(name));
        if (!names.contains(name)) {
            throw new Problem("edge.names", name);
        }
        Optional<Path> authority = wanted.value(Word.AUTHORITY, settings).map(Path::of);
        authority.ifPresent(Acme::requireCertificates);
        Optional<String> id = wanted.value(Word.BINDING, settings).filter(value -> !value.equals(EdgeOptions.OFF));
        Optional<Binding> binding = id.map(present -> new Binding(
                present,
                Path.of(wanted.value(Word.BINDING_KEY, settings).orElseThrow(() -> new Problem("edge.binding")))));
        binding.ifPresent(present -> secret(present.key()));
        return new Acme(
                server,
                names,
                wanted.value(Word.CONTACT, settings),
                authority,
                binding,
                address,
                wanted.value(Word.PORT, settings).map(Integer::parseInt).orElse(USUAL_PORT));
    }

    private static void requireCertificates(Path file) {
        try {
            if (PemFiles.certificates(file).isEmpty()) {
                throw new Problem("edge.refused.no-certificate", file);
            }
        } catch (GeneralSecurityException e) {
            throw new Problem("edge.refused.no-certificate", file);
        } catch (IOException e) {
            throw new Problem("edge.refused.unreadable", file);
        }
    }

    private static String secret(Path file) {
        try {
            String key = Files.readString(file).strip();
            if (!key.matches("[A-Za-z0-9_-]{16,200}=*")) {
                throw new Problem("edge.binding.key", file);
            }
            return key;
        } catch (IOException e) {
            throw new Problem("edge.refused.unreadable", file);
        }
    }

    /** Whether the process that answers needs the right to open a port that is else root's. */
    boolean needsLowPort() {
        return port < LEAST_FREE_PORT;
    }

    /** Makes the folder, and the server's authority readable for the cloud's account. */
    void prepare(DataDirectory directory) {
        Account.CLOUD.own(directory.directory(FOLDER, "rwx------"));
        try {
            if (authority.isPresent()) {
                directory.write(TRUSTED, Files.readString(authority.get()), "rw-r--r--");
            }
        } catch (IOException e) {
            throw new Problem("edge.refused.unreadable", authority.orElseThrow());
        }
    }

    @Override
    public String ofCloud(DataDirectory directory, int number) {
        return Edge.shown("acme", server, directory.of(FOLDER + "/acme.pem"))
                + """
                    acme:
                      folder: "%s"
                      directory: "%s"
                      names: [%s]
                      contact: "%s"
                      authority: "%s"
                      binding-id: "%s"
                      binding-key: "%s"
                      address: "%s"
                      port: %d
                      orders: %b
                """.formatted(
                        directory.of(FOLDER),
                        server,
                        names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")),
                        contact.orElse(""),
                        authority.map(file -> directory.of(TRUSTED).toString()).orElse(""),
                        binding.map(Binding::id).orElse(""),
                        binding.map(present -> secret(present.key())).orElse(""),
                        address,
                        port,
                        number == 1);
    }
}
