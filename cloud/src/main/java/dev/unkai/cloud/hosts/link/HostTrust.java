package dev.unkai.cloud.hosts.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes who was certified by the hosts' authority, also when the certificate has ended: certificates live for a day, and a host that was off
 * for longer is to get its next one by itself. Until then {@link PeerHost} lets it do nothing else.
 */
final class HostTrust extends X509ExtendedTrustManager {
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2"; // id-kp-clientAuth, RFC 5280 section 4.2.1.12

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors;
    private final InstantSource clock;

    private HostTrust(List<X509Certificate> authorities, InstantSource clock) {
        this.authorities = authorities;
        this.anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
        this.clock = clock;
    }

    /** @param authority certificates in PEM */
    static HostTrust of(Path authority, InstantSource clock) throws IOException {
        try (InputStream text = Files.newInputStream(authority)) {
            return new HostTrust(
                    CertificateFactory.getInstance("X.509").generateCertificates(text).stream()
                            .map(X509Certificate.class::cast)
                            .toList(),
                    clock);
        } catch (CertificateException e) {
            throw new IOException(authority + " holds no certificate", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        X509Certificate own = chain[0];
        Date now = Date.from(clock.instant());
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(now.after(own.getNotAfter()) ? own.getNotAfter() : now);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(Arrays.stream(chain)
                                            .filter(certificate -> !authorities.contains(certificate))
                                            .toList()),
                            parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "The certificate does not come from the hosts' authority: " + e.getMessage(), e);
        }
        List<String> purposes = own.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(CLIENT)) {
            throw new CertificateException("The certificate is not for those who call.");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("Hosts are not called here.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
