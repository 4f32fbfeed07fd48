package dev.unkai.node.link;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a certificate of our authority only when it names the cloud: another node's certificate is of the same authority. */
final class OnlyCloud extends X509ExtendedTrustManager {
    private static final String NAME = "cloud";

    private final X509ExtendedTrustManager authority;

    OnlyCloud(TrustManagerFactory factory) {
        authority = Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This Java has no X.509 trust manager"));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authority.checkServerTrusted(chain, authType, engine);
        requireCloud(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authority.checkServerTrusted(chain, authType, socket);
        requireCloud(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authority.checkServerTrusted(chain, authType);
        requireCloud(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("A node takes no connections");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("A node takes no connections");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("A node takes no connections");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority.getAcceptedIssuers();
    }

    private static void requireCloud(X509Certificate certificate) throws CertificateException {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            boolean cloud = new LdapName(subject)
                    .getRdns().stream()
                            .anyMatch(part -> part.getType().equalsIgnoreCase("CN") && NAME.equals(part.getValue()));
            if (!cloud) {
                throw new CertificateException("The peer is " + subject + ", not the cloud");
            }
        } catch (InvalidNameException e) {
            throw new CertificateException("The peer's name cannot be read: " + subject, e);
        }
    }
}
