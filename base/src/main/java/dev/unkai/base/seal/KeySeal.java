package dev.unkai.base.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for a database with AES-256-GCM under a key that is in no database: it lies in a file that all processes of one kind share. The key
 * before it, in the file {@code NAME.former} beside, opens what it sealed for as long as that file is there.
 */
public final class KeySeal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] ANYWHERE = {};

    /** The one that seals first; all of them open. */
    private final List<SecretKeySpec> keys;

    private final SecureRandom random = new SecureRandom();

    private KeySeal(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The seal of the key file, which is made (mode 0600) when absent; by one, when several processes begin at once. */
    public static KeySeal at(Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                create(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be made", e);
        }
        return existing(file);
    }

    /** The seal of a key file that must be there. Throws UncheckedIOException when it is not, IllegalStateException when it is no key file. */
    public static KeySeal existing(Path file) {
        Path former = former(file);
        List<SecretKeySpec> keys = new ArrayList<>(List.of(read(file)));
        if (Files.exists(former)) {
            keys.add(read(former));
        }
        return new KeySeal(keys);
    }

    /** Where the key lies that was used before this file's. */
    public static Path former(Path file) {
        return file.resolveSibling(file.getFileName() + ".former");
    }

    private static SecretKeySpec read(Path file) {
        try {
            byte[] key = Files.readAllBytes(file);
            if (key.length != KEY_BYTES) {
                throw new IllegalStateException("The key file " + file + " does not hold " + KEY_BYTES + " bytes.");
            }
            return new SecretKeySpec(key, "AES");
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be read", e);
        }
    }

    /** Written aside and linked, so that a crash leaves either no key or a whole one, and nobody takes the place of another's. */
    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try (var channel = Files.newByteChannel(
                        aside,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var out = Channels.newOutputStream(channel)) {
            out.write(fresh);
        }
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its key is everybody's.
        } finally {
            Files.delete(aside);
        }
    }

    /** Names the keys, the one that seals first, without telling anything of them. */
    public List<String> names() {
        return keys.stream()
                .map(key -> HexFormat.of()
                        .formatHex(derive(key, ANYWHERE, "name of the key").getEncoded(), 0, 8))
                .toList();
    }

    /** Nonce and ciphertext in one. */
    public byte[] seal(byte[] plain) {
        return seal(plain, ANYWHERE);
    }

    /**
     * Nonce and ciphertext in one.
     *
     * @param place names the row that it is for, such as {@code mail_secret/ID}: in another's row it does not open
     */
    public byte[] seal(String plain, String place) {
        return seal(plain.getBytes(StandardCharsets.UTF_8), place.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] seal(byte[] plain, byte[] place) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.getFirst(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed", e);
        }
    }

    /**
     * A key of 256 bits of its own for another purpose (HKDF, RFC 5869), from which nobody can reckon back.
     *
     * @param salt makes keys of one purpose differ; may be empty
     */
    public SecretKey derive(byte[] salt, String purpose) {
        return derive(keys.getFirst(), salt, purpose);
    }

    private static SecretKey derive(SecretKeySpec key, byte[] salt, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key)
                                    .addSalt(salt)
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be derived", e);
        }
    }

    /** Throws GeneralSecurityException when it was sealed by another key file or has been changed. */
    public byte[] open(byte[] sealed) throws GeneralSecurityException {
        return open(sealed, ANYWHERE);
    }

    /** Throws GeneralSecurityException when it was sealed by another key file, for another place, or has been changed. */
    public String open(byte[] sealed, String place) throws GeneralSecurityException {
        return new String(open(sealed, place.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /**
     * The same secret sealed by the present key; empty when it is. Throws GeneralSecurityException as {@link #open(byte[], String)} does.
     *
     * @param place as it was sealed for; empty: for none
     */
    public Optional<byte[]> renewed(byte[] sealed, String place) throws GeneralSecurityException {
        byte[] where = place.getBytes(StandardCharsets.UTF_8);
        try {
            open(keys.getFirst(), sealed, where);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(seal(open(sealed, where), where));
        }
    }

    private byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
        GeneralSecurityException refused = new GeneralSecurityException("No key");
        for (SecretKeySpec key : keys) {
            try {
                return open(key, sealed, place);
            } catch (GeneralSecurityException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private static byte[] open(SecretKeySpec key, byte[] sealed, byte[] place) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("Too short for anything sealed");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(place);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }
}
