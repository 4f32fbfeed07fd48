package dev.unkai.cloud.certificate.acme;

import dev.unkai.base.tls.PemFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** The ACME server, known by the authority that the operator named, or by those that Java trusts. */
final class AcmeServer extends GenericAcmeProvider {
    private final Optional<Path> authority;

    private AcmeServer(Optional<Path> authority) {
        this.authority = authority;
    }

    static Session session(URI directory, Optional<Path> authority) {
        return new Session(directory, new AcmeServer(authority));
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(settings.getTimeout())
                .followRedirects(HttpClient.Redirect.NORMAL);
        authority.map(PemFiles::trusting).ifPresent(client::sslContext);
        return client.build();
    }
}
