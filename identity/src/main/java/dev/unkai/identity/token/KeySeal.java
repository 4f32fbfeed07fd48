package dev.unkai.identity.token;

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
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals signing keys and other secrets for the database with AES-256-GCM under a key that never leaves this machine's file system. */
public final class KeySeal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private KeySeal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalStateException("The identity key file does not hold " + KEY_BYTES + " bytes.");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The seal of the key file, which is made (mode 0600) when absent. */
    public static KeySeal at(Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                create(file);
            }
            return new KeySeal(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The identity key file " + file + " cannot be used", e);
        }
    }

    /** The seal of a key file that must be there. Throws UncheckedIOException when it is not, IllegalStateException when it is no key file. */
    public static KeySeal existing(Path file) {
        try {
            return new KeySeal(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The identity key file " + file + " cannot be read", e);
        }
    }

    /** Written aside and moved, so that a crash leaves either no key or a whole one. */
    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        try (var channel = Files.newByteChannel(
                        aside,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var out = Channels.newOutputStream(channel)) {
            out.write(fresh);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("Another identity process is starting on the same data directory", e);
        }
        Files.move(aside, file);
    }

    /** Nonce and ciphertext in one. */
    public byte[] seal(byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
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
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }
}
