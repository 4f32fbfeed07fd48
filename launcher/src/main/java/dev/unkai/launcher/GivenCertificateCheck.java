package dev.unkai.launcher;

import dev.unkai.base.tls.PemFiles;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether browsers and clients would take a certificate for the site; each fault is told by a sentence of its own. */
final class GivenCertificateCheck {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;
    /** GeneralName dNSName, RFC 5280 section 4.2.1.6. */
    private static final int DNS = 2;
    /** Purposes of a key, RFC 5280 section 4.2.1.12: serverAuth and any. */
    private static final Set<String> SERVER = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    private final String name;
    private final Instant now;
    private final Set<X509Certificate> trusted;

    /**
     * @param name by which browsers reach the site
     * @param trusted roots that this machine knows
     */
    GivenCertificateCheck(String name, Instant now, Set<X509Certificate> trusted) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.now = now;
        this.trusted = trusted;
    }

    /** Throws a Problem that says what is wrong with it. */
    void check(GivenCertificate given) {
        X509Certificate own = given.own();
        strong(given, own.getPublicKey());
        try {
            if (!PemFiles.belong(own.getPublicKey(), given.key())) {
                throw new Problem("edge.refused.key-other", given.file());
            }
            current(given, own);
            if (!names(own).contains(name) && !names(own).contains("*." + name.substring(name.indexOf('.') + 1))) {
                throw new Problem("edge.refused.names", given.file(), name);
            }
            List<String> purposes = own.getExtendedKeyUsage();
            if (purposes != null && purposes.stream().noneMatch(SERVER::contains)) {
                throw new Problem("edge.refused.purpose", given.file());
            }
            ordered(given);
            complete(given);
        } catch (GeneralSecurityException e) {
            throw new Problem("edge.refused.invalid", given.file(), String.valueOf(e.getMessage()));
        }
    }

    private static void strong(GivenCertificate given, PublicKey key) {
        int bits = switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength();
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength();
            default -> 0;
        };
        if (bits < (key instanceof RSAPublicKey ? LEAST_RSA_BITS : LEAST_EC_BITS)) {
            throw new Problem("edge.refused.key-weak", given.file(), key.getAlgorithm(), String.valueOf(bits));
        }
    }

    private void current(GivenCertificate given, X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw new Problem(
                    "edge.refused.ended",
                    given.file(),
                    certificate.getNotAfter().toInstant().toString());
        } catch (CertificateNotYetValidException e) {
            throw new Problem(
                    "edge.refused.early",
                    given.file(),
                    certificate.getNotBefore().toInstant().toString());
        }
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        for (List<?> each : all == null ? List.<List<?>>of() : all) {
            if (each.get(0).equals(DNS)) {
                names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static void ordered(GivenCertificate given) {
        for (int place = 1; place < given.chain().size(); place++) {
            X509Certificate signed = given.chain().get(place - 1);
            try {
                signed.verify(given.chain().get(place).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new Problem(
                        "edge.refused.order",
                        given.file(),
                        String.valueOf(place + 1),
                        signed.getIssuerX500Principal().getName());
            }
        }
    }

    /** By RFC 5280 section 6, up to a root in the file or one that this machine knows; lists of what was taken back are the clients' to ask. */
    private void complete(GivenCertificate given) throws GeneralSecurityException {
        List<X509Certificate> path = new ArrayList<>(given.chain());
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        if (GivenCertificate.isRoot(path.getLast())) {
            anchors.add(new TrustAnchor(path.removeLast(), null));
        }
        if (path.isEmpty()) {
            return; // signed by itself, which clients that have it trust
        }
        X509Certificate last = path.getLast();
        if (anchors.isEmpty()) {
            throw incomplete(given, last);
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            if (e.getReason() == PKIXReason.NO_TRUST_ANCHOR) {
                throw incomplete(given, last);
            }
            throw new Problem("edge.refused.invalid", given.file(), String.valueOf(e.getMessage()));
        }
    }

    private static Problem incomplete(GivenCertificate given, X509Certificate last) {
        return new Problem(
                "edge.refused.incomplete",
                given.file(),
                last.getIssuerX500Principal().getName());
    }
}
