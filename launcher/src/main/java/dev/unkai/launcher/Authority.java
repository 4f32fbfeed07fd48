package dev.unkai.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** The private certificate authority of one data directory (EC P-256), and the certificates it gives to the processes. */
final class Authority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** What it needs before it to be used on. */
    private static final Duration AUTHORITY_RESERVE = Duration.ofDays(397);
    /**
     * There is no list of what was taken back: a key that was replaced, because somebody else has it, opens doors for as long at most. Not shorter, since testers of
     * TLS complain below 60 days before the end, and a renewal comes when a third is left.
     */
    private static final Duration PROCESS_LIFE = Duration.ofDays(183);
    /** Packages are looked at by people, some time after they were sealed. */
    private static final Duration EVIDENCE_LIFE = Duration.ofDays(397);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Whose certificate seals evidence packages. */
    static final String EVIDENCE = "evidence";

    private final DataDirectory directory;
    private final Clock clock;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(DataDirectory directory, Clock clock, X509Certificate certificate, PrivateKey key) {
        this.directory = directory;
        this.clock = clock;
        this.certificate = certificate;
        this.key = key;
    }

    /** The authority of the processes. */
    static Authority openOrMake(DataDirectory directory, Clock clock) {
        return openOrMake(directory, clock, "ca", "Unkai authority");
    }

    /**
     * The authority of the hosts, whose key the cloud has, so that it can let machines join. Nobody but the doors for hosts
     * trusts it: it cannot be used to pass for another process.
     */
    static Authority ofHosts(DataDirectory directory, Clock clock) {
        return openOrMake(directory, clock, "hosts-ca", "Unkai hosts");
    }

    /** The authority of the processes as it is, near its end too: only {@code up} makes another, since all have to be told of it. */
    static Authority open(DataDirectory directory, Clock clock) {
        try {
            return new Authority(
                    directory, clock, readCertificate(directory.of("pki/ca.crt")), readKey(directory.of("pki/ca.key")));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The authority in " + directory.of("pki") + " cannot be used", e);
        }
    }

    private static Authority openOrMake(DataDirectory directory, Clock clock, String file, String title) {
        try {
            Path certificateFile = directory.of("pki/" + file + ".crt");
            Path keyFile = directory.of("pki/" + file + ".key");
            if (Files.exists(certificateFile) && Files.exists(keyFile)) {
                X509Certificate found = readCertificate(certificateFile);
                if (lasts(found, clock, AUTHORITY_RESERVE)) {
                    return new Authority(directory, clock, found, readKey(keyFile));
                }
            }
            KeyPair pair = newKeyPair();
            X500Name name = new X500Name("O=Unkai,CN=" + title + " " + directory.tag() + "-" + shortNumber());
            Instant now = clock.instant();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minusSeconds(300)),
                    Date.from(now.plus(AUTHORITY_LIFE)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            X509Certificate made = sign(builder, pair.getPrivate());
            directory.write("pki/" + file + ".key", pem(pair.getPrivate()), "rw-------");
            directory.write("pki/" + file + ".crt", pem(made), "rw-r--r--");
            return new Authority(directory, clock, made, pair.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("The authority in " + directory.of("pki") + " cannot be used", e);
        }
    }

    /**
     * Gives {@code commonName} a certificate in {@code pki/<commonName>.crt} and {@code .key}, for both ends of TLS; leaves
     * a present one that has the same names, comes from this authority and has more than a third of its life before it.
     */
    void issue(String commonName, List<GeneralName> names) {
        Path certificateFile = directory.of("pki/" + commonName + ".crt");
        try {
            if (Files.exists(certificateFile) && good(readCertificate(certificateFile), commonName, names)) {
                return;
            }
            certify(commonName, names, newKeyPair());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("No certificate could be made for " + commonName, e);
        }
    }

    /**
     * Replaces a certificate of this authority's by one with the same names when a third of its life is left; answers whether it did. The key
     * stays, so that one file is replaced as a whole: whoever reads it at any moment has a certificate that goes with the key.
     */
    boolean renew(String commonName) {
        Path certificateFile = directory.of("pki/" + commonName + ".crt");
        if (!Files.exists(certificateFile)) {
            return false;
        }
        try {
            X509Certificate present = readCertificate(certificateFile);
            if (!isOurs(present) || !isDue(present, commonName)) {
                return false;
            }
            KeyPair same = new KeyPair(present.getPublicKey(), readKey(directory.of("pki/" + commonName + ".key")));
            GeneralNames names = GeneralNames.getInstance(
                    ASN1OctetString.getInstance(present.getExtensionValue(Extension.subjectAlternativeName.getId()))
                            .getOctets());
            certify(commonName, List.of(names.getNames()), same);
            return true;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("The certificate of " + commonName + " could not be renewed", e);
        }
    }

    /** Near its end, or given by a version that gave more. */
    private boolean isDue(X509Certificate found, String commonName) {
        return !lasts(found, clock, third(found))
                || third(found)
                                .compareTo(life(commonName)
                                        .plus(Duration.ofDays(1))
                                        .dividedBy(3))
                        > 0;
    }

    private static Duration life(String commonName) {
        return commonName.equals(EVIDENCE) ? EVIDENCE_LIFE : PROCESS_LIFE;
    }

    private static Duration third(X509Certificate certificate) {
        return Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant())
                .dividedBy(3);
    }

    /** Evidence is sealed by a certificate that opens no door: signing is all that it is for, as CMS's readers ask (RFC 8550 section 4.4.4). */
    private static KeyPurposeId[] purposes(String commonName) {
        return commonName.equals(EVIDENCE)
                ? new KeyPurposeId[] {KeyPurposeId.id_kp_emailProtection}
                : new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    }

    private void certify(String commonName, List<GeneralName> names, KeyPair pair)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = clock.instant();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(),
                Date.from(now.minusSeconds(300)),
                end(now.plus(life(commonName))),
                new X500Name("CN=" + commonName),
                pair.getPublic());
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(commonName)));
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()));
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
        // RFC 9608: nobody need look for a list.
        builder.addExtension(Extension.noRevAvail, false, DERNull.INSTANCE);
        X509Certificate made = sign(builder, key);
        Path keyFile = directory.of("pki/" + commonName + ".key");
        if (!Files.exists(keyFile) || !readKey(keyFile).equals(pair.getPrivate())) {
            directory.write("pki/" + commonName + ".key", pem(pair.getPrivate()), "rw-------");
        }
        directory.write("pki/" + commonName + ".crt", pem(made), "rw-r--r--");
    }

    /**
     * Writes the key of an issued certificate once more, as {@code pki/NAME.pem} and with its public half in it (RFC 5915): programs that
     * stand on GnuTLS take no other.
     */
    void writeWholeKey(String commonName) {
        try {
            SubjectPublicKeyInfo known =
                    SubjectPublicKeyInfo.getInstance(readCertificate(directory.of("pki/" + commonName + ".crt"))
                            .getPublicKey()
                            .getEncoded());
            ECPrivateKey secret = (ECPrivateKey) readKey(directory.of("pki/" + commonName + ".key"));
            org.bouncycastle.asn1.sec.ECPrivateKey whole = new org.bouncycastle.asn1.sec.ECPrivateKey(
                    secret.getParams().getOrder().bitLength(),
                    secret.getS(),
                    new DERBitString(known.getPublicKeyData().getBytes()),
                    known.getAlgorithm().getParameters());
            directory.write(
                    "pki/" + commonName + ".pem",
                    write(new PemObject("EC PRIVATE KEY", whole.getEncoded())),
                    "rw-------");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key of " + commonName + " cannot be written", e);
        }
    }

    /** No certificate outlasts its authority. */
    private Date end(Instant wanted) {
        Date wish = Date.from(wanted);
        return wish.before(certificate.getNotAfter()) ? wish : certificate.getNotAfter();
    }

    private boolean isOurs(X509Certificate found) {
        try {
            found.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean good(X509Certificate found, String commonName, List<GeneralName> names)
            throws CertificateException {
        if (!isOurs(found)) {
            return false;
        }
        Set<String> wanted = new HashSet<>();
        for (GeneralName name : names) {
            wanted.add(name.getTagNo() + " " + text(name));
        }
        Set<String> present = new HashSet<>();
        Collection<List<?>> alternatives = found.getSubjectAlternativeNames();
        for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
            present.add(name.get(0) + " " + name.get(1));
        }
        return present.equals(wanted) && !isDue(found, commonName);
    }

    /** The names of a server that is spoken to on this machine and, as {@code host}, from elsewhere. */
    static List<GeneralName> serverNames(String host) {
        List<GeneralName> names = new ArrayList<>(List.of(dns("localhost"), address("127.0.0.1")));
        GeneralName own = host.matches("[0-9.]+") ? address(host) : dns(host);
        if (!names.contains(own)) {
            names.add(own);
        }
        return List.copyOf(names);
    }

    static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    static GeneralName address(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    static GeneralName uri(String uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
    }

    private static String text(GeneralName name) {
        if (name.getTagNo() != GeneralName.iPAddress) {
            return name.getName().toString();
        }
        byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        return (octets[0] & 255) + "." + (octets[1] & 255) + "." + (octets[2] & 255) + "." + (octets[3] & 255);
    }

    private static boolean lasts(X509Certificate certificate, Clock clock, Duration atLeast) {
        return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(atLeast));
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, CertificateException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }

    private static String shortNumber() {
        return Integer.toHexString(RANDOM.nextInt(0x1000, 0x10000));
    }

    private static X509Certificate readCertificate(Path file) throws IOException, CertificateException {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            return new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) parser.readObject());
        }
    }

    private static PrivateKey readKey(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
        }
    }

    private static String pem(X509Certificate certificate) throws IOException {
        return write(certificate);
    }

    private static String pem(PrivateKey key) throws IOException {
        return write(new JcaPKCS8Generator(key, null).generate());
    }

    private static String write(Object item) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(item);
        }
        return text.toString();
    }
}
