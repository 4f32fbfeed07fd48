package dev.unkai.cloud.evidence.seal;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Signs manifests by the site's certificate for evidence (CMS, RFC 5652, detached, SHA-256), which the site's own authority has issued for nothing else. Key and
 * certificate are read anew each time: they are renewed while the process runs.
 */
@Component
public class EvidenceSeal {
    private final Path certificate;
    private final Path key;
    private final Path authority;

    /** All are absent where the site has no such certificate; nothing can be sealed then. */
    EvidenceSeal(
            @Value("${unkai.evidence.certificate:}") String certificate,
            @Value("${unkai.evidence.key:}") String key,
            @Value("${unkai.evidence.authority:${unkai.tls.authority}}") String authority) {
        this.certificate = Path.of(certificate);
        this.key = Path.of(key);
        this.authority = Path.of(authority);
    }

    /**
     * A signature.
     *
     * @param der SignedData without the content
     * @param signer who signed
     */
    public record Signature(byte[] der, X509Certificate signer) {}

    /** Throws a conflict Refusal where nothing can be sealed. */
    public void requirePresent() {
        if (certificate.toString().isEmpty() || key.toString().isEmpty()) {
            throw Refusal.conflict(
                    "This service has no certificate for evidence (unkai.evidence.certificate, unkai.evidence.key), so no package can be sealed.");
        }
    }

    public Signature sign(byte[] content) {
        requirePresent();
        try {
            X509Certificate signer = read(certificate);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(readKey()), signer));
            generator.addCertificates(new JcaCertStore(List.of(signer)));
            return new Signature(
                    generator
                            .generate(new CMSProcessableByteArray(content), false)
                            .getEncoded(),
                    signer);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The package cannot be sealed: " + e.getMessage()
                            + " cannot be read. It has to belong to the account that the cloud runs as; it goes on by itself then.");
        } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
            throw new IllegalStateException("The package cannot be signed: " + e.getMessage(), e);
        }
    }

    /** The authority's certificate, PEM. */
    public byte[] authority() {
        try {
            return Files.readAllBytes(authority);
        } catch (IOException e) {
            throw new IllegalStateException("The authority's certificate cannot be read", e);
        }
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (Reader text = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(text)) {
            return new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) parser.readObject());
        }
    }

    private PrivateKey readKey() throws IOException {
        try (Reader text = Files.newBufferedReader(key);
                PEMParser parser = new PEMParser(text)) {
            Object found = parser.readObject();
            return new JcaPEMKeyConverter()
                    .getPrivateKey(
                            found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) found);
        }
    }
}
