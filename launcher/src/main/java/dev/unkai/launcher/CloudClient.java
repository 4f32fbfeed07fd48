package dev.unkai.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service's HTTP interface that believes one authority alone. */
final class CloudClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI cloud;
    private final HttpClient http;

    /** @param authority certificate in PEM */
    CloudClient(URI cloud, String authority) {
        this(cloud, trusting(authority));
    }

    private CloudClient(URI cloud, SSLContext tls) {
        this.cloud = cloud;
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** An answer with its token header, if there is one. */
    record Answer(int status, JsonNode body, String token) {
        /** The body of a success. Throws a Problem with the service's own sentence. */
        JsonNode expect(String key) {
            if (status / 100 != 2) {
                String sentence =
                        body.path("detail").asString(body.at("/error/message").asString("HTTP " + status));
                throw new Problem(key, sentence);
            }
            return body;
        }
    }

    /**
     * Fetches the authority's certificate (PEM) over a connection that proves nothing, and holds it against the fingerprint,
     * which came by another way: what passes is as good as brought by hand.
     */
    static String authority(URI cloud, String fingerprint) {
        try (CloudClient unproved = new CloudClient(cloud, context(new Anybody()))) {
            HttpResponse<String> answer = unproved.http.send(
                    unproved.request("/service/v1/authority").GET().build(), BodyHandlers.ofString());
            String pem = answer.body();
            String found = "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(certificate(pem).getEncoded()));
            if (!found.equals(fingerprint)) {
                throw new Problem("join.authority", cloud, found);
            }
            return pem;
        } catch (IOException e) {
            throw unreachable(cloud, e);
        } catch (GeneralSecurityException e) {
            throw new Problem("join.nocloud", cloud);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    Answer post(String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    tree(answer.body()),
                    answer.headers().firstValue("X-Subject-Token").orElse(""));
        } catch (IOException e) {
            throw unreachable(cloud, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(cloud.resolve(path)).timeout(PATIENCE).header("User-Agent", "unkai");
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static Problem unreachable(URI cloud, IOException e) {
        return new Problem("join.unreachable", cloud, String.valueOf(e.getMessage()));
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static SSLContext trusting(String authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setCertificateEntry("authority", certificate(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return context(trust.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(TrustManager... trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** Believes anybody: only for what is checked by its fingerprint afterwards. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
