package dev.unkai.base.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's key and certificate as its files have them at each handshake: a certificate that was renewed is in use with the next
 * connection. Files that cannot be read then leave the last good ones in use.
 */
public final class FreshKeys extends X509ExtendedKeyManager {
    private static final Logger log = LoggerFactory.getLogger(FreshKeys.class);
    private static final char[] NO_PASSWORD = new char[0];

    private record Loaded(FileTime written, X509ExtendedKeyManager keys, X509Certificate certificate) {}

    private final PemFiles files;
    private volatile Loaded loaded;
    /** Whether it was said that the present files cannot be used. */
    private volatile boolean complained;

    /** Throws when the files cannot be used. */
    public FreshKeys(PemFiles files) throws GeneralSecurityException, IOException {
        this.files = files;
        this.loaded = load(files);
    }

    private static Loaded load(PemFiles files) throws GeneralSecurityException, IOException {
        // The time first: a file that is replaced just now is read again at the next handshake.
        FileTime written = Files.getLastModifiedTime(files.certificate());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = files.keyStore();
        factory.init(store, NO_PASSWORD);
        X509ExtendedKeyManager keys = Arrays.stream(factory.getKeyManagers())
                .filter(X509ExtendedKeyManager.class::isInstance)
                .map(X509ExtendedKeyManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This Java has no X.509 key manager"));
        return new Loaded(written, keys, (X509Certificate)
                store.getCertificate(store.aliases().nextElement()));
    }

    /** What is shown to the next peer. */
    public X509Certificate certificate() {
        return present().certificate();
    }

    private X509ExtendedKeyManager keys() {
        return present().keys();
    }

    private Loaded present() {
        Loaded present = loaded;
        try {
            if (!Files.getLastModifiedTime(files.certificate()).equals(present.written())) {
                present = load(files);
                loaded = present;
                complained = false;
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            if (!complained) {
                complained = true; // once, not at every handshake
                log.warn(
                        "{} cannot be used now; the certificate of before stays in use: {}",
                        files.certificate(),
                        e.getMessage());
            }
        }
        return present;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keys().chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keys().chooseEngineClientAlias(keyTypes, issuers, engine);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keys().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return keys().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return keys().getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keys().getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys().getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys().getPrivateKey(alias);
    }
}
