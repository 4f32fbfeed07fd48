package dev.unkai.ledger;

import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.SignedHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ledger's secrets, in a file of its own account and in no database: whoever owns the database can neither sign a head nor write a row that this
 * process takes for its own.
 */
final class LedgerKeys implements SignedHead.Signer {
    private static final String SEAL = "HmacSHA256";
    private static final int SEAL_BYTES = 32;

    private final PrivateKey signing;
    private final LedgerKey published;
    /** With the key in it and nothing else, ever: its copies seal. Half of what a seal takes is to take the key in. */
    private final Mac seal;

    private LedgerKeys(PrivateKey signing, LedgerKey published, Mac seal) {
        this.signing = signing;
        this.published = published;
        this.seal = seal;
    }

    /** The keys of that file, which is made (mode 0600) when absent. */
    static LedgerKeys at(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                write(file, fresh());
            }
            return parse(Files.readAllBytes(file));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The ledger's key file " + file + " cannot be used.", e);
        }
    }

    private static byte[] fresh() throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seal = new byte[SEAL_BYTES];
        new SecureRandom().nextBytes(seal);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] part :
                new byte[][] {pair.getPrivate().getEncoded(), pair.getPublic().getEncoded(), seal}) {
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }

    private static LedgerKeys parse(byte[] bytes) throws GeneralSecurityException, IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        PrivateKey signing = factory.generatePrivate(new PKCS8EncodedKeySpec(in.readNBytes(in.readInt())));
        LedgerKey published =
                new LedgerKey(factory.generatePublic(new X509EncodedKeySpec(in.readNBytes(in.readInt()))));
        Mac seal = Mac.getInstance(SEAL);
        seal.init(new SecretKeySpec(in.readNBytes(in.readInt()), SEAL));
        return new LedgerKeys(signing, published, seal);
    }

    /** Written aside and moved, so that a crash leaves either no keys or whole ones. */
    private static void write(Path file, byte[] keys) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        try (var channel = Files.newByteChannel(
                        aside,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var out = Channels.newOutputStream(channel)) {
            out.write(keys);
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger's key file " + file + " cannot be written", e);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    LedgerKey published() {
        return published;
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signing);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The ledger's signing key cannot be used", e);
        }
    }

    /** Whether the row is as this process wrote it: its text and all that places it. */
    boolean sealed(Row row) {
        return Arrays.equals(row.leaf().hash(), row.entry().leaf().hash()) && sealed(row.entry());
    }

    /** Whether the entry is as this process wrote it, whatever its text. */
    boolean sealed(JournalRow entry) {
        return Arrays.equals(seal(entry.leaf().leafHash()), entry.seal());
    }

    /** The mark of a row that this process wrote. */
    byte[] seal(byte[] journalLeaf) {
        try {
            return ((Mac) seal.clone()).doFinal(journalLeaf);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The ledger's sealing key cannot be used", e);
        }
    }
}
