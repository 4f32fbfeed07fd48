package dev.unkai.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Issues certificates of simulated hosts by a site's authority, all for one key: a thousand take a second. */
final class HostAuthority {
    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final Duration LIFE = Duration.ofDays(1);

    private final X509Certificate authority;
    private final PrivateKey authorityKey;
    private final KeyPair hosts;

    /** @param directory with {@code hosts-ca.crt} and {@code hosts-ca.key} (PEM), the authority that the site knows its hosts by */
    HostAuthority(Path directory) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(directory.resolve("hosts-ca.crt"))) {
            authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        String pem = Files.readString(directory.resolve("hosts-ca.key"));
        authorityKey = KeyFactory.getInstance("EC")
                .generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""))));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        hosts = generator.generateKeyPair();
    }

    PrivateKey key() {
        return hosts.getPrivate();
    }

    /** A certificate with the SAN URI {@code unkai:host:<uuid>}. */
    X509Certificate issue(UUID host) throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        V3TBSCertificateGenerator wanted = new V3TBSCertificateGenerator();
        wanted.setSerialNumber(new ASN1Integer(
                BigInteger.valueOf(host.getMostSignificantBits() >>> 1).add(BigInteger.ONE)));
        wanted.setSignature(ALGORITHM);
        wanted.setIssuer(
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()));
        wanted.setSubject(new X500Name("O=Unkai,CN=" + host));
        wanted.setStartDate(new Time(Date.from(now.minusSeconds(60))));
        wanted.setEndDate(new Time(Date.from(now.plus(LIFE))));
        wanted.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(hosts.getPublic().getEncoded()));
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "unkai:host:" + host)));
        extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        wanted.setExtensions(extensions.generate());
        TBSCertificate body = wanted.generateTBSCertificate();

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(authorityKey);
        signature.update(body.getEncoded("DER"));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body);
        parts.add(ALGORITHM);
        parts.add(new DERBitString(signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(parts).getEncoded("DER")));
    }
}
