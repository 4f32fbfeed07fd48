package dev.unkai.web;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What the server shows at each handshake: the certificate that its files hold at that moment. So a renewed one is in use at once, without a
 * restart and without a connection being cut.
 */
@Component
final class ServerCertificate implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private final PemFiles own;
    private final Optional<PemFiles> edge;

    /** Reads {@code unkai.edge.certificate} and {@code unkai.edge.key}, the site's public certificate where it has one besides its own. */
    ServerCertificate(PemFiles own, Environment environment) {
        this.own = own;
        String certificate = environment.getProperty("unkai.edge.certificate", "");
        String key = environment.getProperty("unkai.edge.key", "");
        this.edge = certificate.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new PemFiles(Path.of(certificate), Path.of(key), own.authority()));
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            for (var host : connector.findSslHostConfigs()) {
                for (var certificate : host.getCertificates()) {
                    certificate.setSslContext(context());
                }
            }
        });
    }

    private Live context() {
        try {
            X509ExtendedKeyManager keys = new EdgeKeys(own.freshKeys(), edge);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(own.trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, trust.getTrustManagers(), null);
            return new Live(context, keys, trust.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The authority " + own.authority() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Java's context in the form that Tomcat takes. */
    private record Live(SSLContext context, X509ExtendedKeyManager keys, TrustManager[] trust)
            implements org.apache.tomcat.util.net.SSLContext {
        @Override
        public void init(
                KeyManager @Nullable [] keyManagers,
                TrustManager @Nullable [] trustManagers,
                @Nullable SecureRandom random) {
            // It has what it needs.
        }

        @Override
        public void destroy() {
            // It holds nothing.
        }

        @Override
        public SSLSessionContext getServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        public SSLEngine createSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        public SSLServerSocketFactory getServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        public SSLParameters getSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            for (TrustManager manager : trust) {
                if (manager instanceof X509TrustManager known) {
                    return known.getAcceptedIssuers();
                }
            }
            return new X509Certificate[0];
        }
    }
}
