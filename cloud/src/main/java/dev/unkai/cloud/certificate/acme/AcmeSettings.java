package dev.unkai.cloud.certificate.acme;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How the public certificate is got.
 *
 * @param directory of the ACME server
 * @param contact mail address that the server may write to; empty: none
 * @param names what the certificate is for, at least one
 * @param authority certificates in PEM by which the server itself is known; empty: those that Java trusts
 * @param binding account at the server's operator that ours belongs to (RFC 8555 section 7.3.4)
 * @param address where the server's questions are answered by HTTP
 * @param port 80 from the server's side, whatever it is here
 * @param folder where the keys, the certificate and what is under way are kept
 * @param orders whether this process is the one that orders; the others only show what there is
 */
record AcmeSettings(
        URI directory,
        Optional<String> contact,
        List<String> names,
        Optional<Path> authority,
        Optional<Binding> binding,
        String address,
        int port,
        Path folder,
        boolean orders) {
    /** @param key in base64url, as operators of ACME servers give it */
    record Binding(String id, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Binding[" + id + "]";
        }
    }

    /** Reads {@code unkai.edge.acme}; empty where the certificate does not come that way. */
    static Optional<AcmeSettings> of(Environment environment) {
        if (text(environment, "directory").isEmpty()) {
            return Optional.empty();
        }
        List<String> names = Binder.get(environment)
                .bind("unkai.edge.acme.names", Bindable.listOf(String.class))
                .orElse(List.of());
        if (names.isEmpty()) {
            throw new IllegalStateException("unkai.edge.acme.names is empty: the certificate needs a name at least.");
        }
        return Optional.of(new AcmeSettings(
                URI.create(text(environment, "directory").get()),
                text(environment, "contact"),
                List.copyOf(names),
                text(environment, "authority").map(Path::of),
                text(environment, "binding-id")
                        .map(id -> new Binding(id, environment.getRequiredProperty("unkai.edge.acme.binding-key"))),
                text(environment, "address").orElse("0.0.0.0"),
                text(environment, "port").map(Integer::parseInt).orElse(80),
                Path.of(environment.getRequiredProperty("unkai.edge.acme.folder")),
                Boolean.parseBoolean(text(environment, "orders").orElse("true"))));
    }

    private static Optional<String> text(Environment environment, String name) {
        return Optional.ofNullable(environment.getProperty("unkai.edge.acme." + name))
                .filter(text -> !text.isEmpty());
    }

    /** Made once; the server knows us by it. */
    Path accountKey() {
        return folder.resolve("account.key");
    }

    /** Of the order under way. */
    Path orderKey() {
        return folder.resolve("order.key");
    }

    /** The certificate in use with its chain and its key: one file, replaced as a whole. */
    Path certificate() {
        return folder.resolve("acme.pem");
    }

    Path state() {
        return folder.resolve("acme.json");
    }
}
