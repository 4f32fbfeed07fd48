package dev.unkai.cloud.hosts.join;

import dev.unkai.base.Refusal;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where a joining machine finds this service, and by what it knows that it has found it. */
@Component
class Doors {
    private final URI publicUrl;
    private final List<String> nodes;
    private final String southbound;
    private final PemFiles pem;

    /**
     * @param nodes {@code host:port} of every process that nodes may attach to
     * @param southbound {@code host:port} of OVN's southbound database; empty where only this machine reaches it
     */
    Doors(
            @Value("${unkai.public-url}") URI publicUrl,
            @Value("${unkai.hosts.node-addresses:}") List<String> nodes,
            @Value("${unkai.hosts.southbound:}") String southbound,
            PemFiles pem) {
        this.publicUrl = publicUrl;
        this.nodes = List.copyOf(nodes);
        this.southbound = southbound;
        this.pem = pem;
    }

    /** Throws Refusal while no other machine could reach us. */
    void requireOpen() {
        if (nodes.isEmpty() || southbound.isEmpty()) {
            throw Refusal.conflict("Only this machine reaches the service, so no other can join. Start it with"
                    + " \"./unkai up --host NAME\", NAME being a name or address by which the others find it.");
        }
    }

    URI publicUrl() {
        return publicUrl;
    }

    List<String> nodes() {
        return nodes;
    }

    String southbound() {
        return southbound;
    }

    /** The authority of the processes in PEM; it is no secret. */
    String authorityPem() {
        try {
            return Files.readString(pem.authority());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code sha256:} and the SHA-256 of the authority's certificate (DER), hexadecimal, as openssl shows it. */
    String fingerprint() {
        try (InputStream in = Files.newInputStream(pem.authority())) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return "sha256:" + HexFormat.of().formatHex(HostAuthority.sha256(certificate));
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("The authority " + pem.authority() + " cannot be read", e);
        }
    }
}
