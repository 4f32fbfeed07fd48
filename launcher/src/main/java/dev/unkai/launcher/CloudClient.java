package dev.unkai.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service's HTTP interface that believes one authority alone. */
final class CloudClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 20_000;

    static {
        // A request that was cut off is not repeated by itself: a token is good for one.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final URI cloud;
    private final SSLSocketFactory tls;

    /** @param authority certificate in PEM */
    CloudClient(URI cloud, String authority) {
        this(cloud, trusting(authority));
    }

    private CloudClient(URI cloud, SSLContext tls) {
        this.cloud = cloud;
        this.tls = new Nameless(tls.getSocketFactory());
    }

    /** An answer with its headers. */
    record Answer(int status, JsonNode body, Function<String, @Nullable String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.apply(name));
        }

        /** Empty where none was given. */
        String token() {
            return header("X-Subject-Token").orElse("");
        }

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
        try {
            String pem = new CloudClient(cloud, context(new Anybody())).get("/service/v1/authority");
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
        }
    }

    private String get(String path) throws IOException {
        return text(open(path));
    }

    Answer post(String path, Object body, Map<String, String> headers) {
        byte[] content = JSON.writeValueAsBytes(body);
        try {
            HttpsURLConnection request = open(path);
            request.setRequestProperty("Content-Type", "application/json");
            headers.forEach(request::setRequestProperty);
            request.setDoOutput(true);
            try (OutputStream out = request.getOutputStream()) {
                out.write(content);
            }
            String answer = text(request);
            return new Answer(request.getResponseCode(), tree(answer), request::getHeaderField);
        } catch (IOException e) {
            throw unreachable(cloud, e);
        }
    }

    private HttpsURLConnection open(String path) throws IOException {
        HttpsURLConnection request =
                (HttpsURLConnection) cloud.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        request.setSSLSocketFactory(tls);
        request.setInstanceFollowRedirects(false);
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setRequestProperty("User-Agent", "unkai");
        return request;
    }

    private static String text(HttpsURLConnection request) throws IOException {
        InputStream refused = request.getResponseCode() < 400 ? null : request.getErrorStream();
        if (refused == null && request.getResponseCode() >= 400) {
            return "";
        }
        try (InputStream in = refused == null ? request.getInputStream() : refused) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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

    /**
     * Asks for no name (SNI, RFC 6066 section 3): then the cloud shows the certificate of its own authority, also where it has one from
     * outside. That it is for the cloud's name is checked all the same.
     */
    private static final class Nameless extends SSLSocketFactory {
        private final SSLSocketFactory tls;

        Nameless(SSLSocketFactory tls) {
            this.tls = tls;
        }

        private static Socket nameless(Socket socket) {
            SSLSocket secure = (SSLSocket) socket;
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setServerNames(List.of());
            secure.setSSLParameters(parameters);
            return secure;
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean close) throws IOException {
            return nameless(tls.createSocket(plain, host, port, close));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return nameless(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return nameless(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return nameless(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return nameless(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }
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
