package dev.unkai.web;

import dev.unkai.base.tls.FreshKeys;
import dev.unkai.base.tls.PemFiles;
import java.net.Socket;
import java.nio.file.Files;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the public door. Who asks for one of the names of the site's public certificate (SNI, RFC 6066 section 3) is shown that;
 * everybody else, such as the other processes, the one of the site's own authority. Both are read again when their files change, and
 * the public one may come only later: connections that are open go on.
 */
final class EdgeKeys extends X509ExtendedKeyManager {
    private static final Logger log = LoggerFactory.getLogger(EdgeKeys.class);
    private static final String EDGE = "edge:";
    /** So the processes of one machine call each other, whatever names the public certificate has. */
    private static final String THIS_MACHINE = "localhost";

    private static final int DNS = 2; // GeneralName dNSName, RFC 5280 section 4.2.1.6

    private final FreshKeys own;
    private final Optional<PemFiles> files;
    private volatile @Nullable FreshKeys edge;
    private volatile boolean complained;

    /** @param edge where the public certificate is or will be; empty where there is none besides the own */
    EdgeKeys(FreshKeys own, Optional<PemFiles> edge) {
        this.own = own;
        this.files = edge;
        edge();
    }

    private @Nullable FreshKeys edge() {
        FreshKeys present = edge;
        if (present == null && files.isPresent() && Files.exists(files.get().certificate())) {
            try {
                present = files.get().freshKeys();
                edge = present;
            } catch (RuntimeException e) {
                if (!complained) {
                    complained = true;
                    log.error("{}. Until they can, the site's own certificate is shown.", e.getMessage());
                }
            }
        }
        return present;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        FreshKeys present = edge();
        if (present != null && engine != null && asksFor(engine, present.certificate())) {
            String alias = present.chooseEngineServerAlias(keyType, issuers, engine);
            return alias == null ? null : EDGE + alias;
        }
        return own.chooseEngineServerAlias(keyType, issuers, engine);
    }

    private static boolean asksFor(SSLEngine engine, X509Certificate certificate) {
        if (!(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return false;
        }
        for (SNIServerName name : session.getRequestedServerNames()) {
            if (name instanceof SNIHostName host
                    && !host.getAsciiName().equalsIgnoreCase(THIS_MACHINE)
                    && covers(certificate, host.getAsciiName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name is one of the certificate's; a star stands for one first label (RFC 6125 section 6.4.3). */
    static boolean covers(X509Certificate certificate, String asked) {
        String name = asked.toLowerCase(Locale.ROOT);
        String parent = name.substring(name.indexOf('.') + 1);
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(each -> each.get(0).equals(DNS))
                            .map(each -> String.valueOf(each.get(1)).toLowerCase(Locale.ROOT))
                            .anyMatch(each -> each.equals(name)
                                    || (each.startsWith("*.")
                                            && each.substring(2).equals(parent)));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private FreshKeys of(String alias) {
        FreshKeys present = edge;
        return alias.startsWith(EDGE) && present != null ? present : own;
    }

    private static String bare(String alias) {
        return alias.startsWith(EDGE) ? alias.substring(EDGE.length()) : alias;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return of(alias).getCertificateChain(bare(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return of(alias).getPrivateKey(bare(alias));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return own.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return own.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return own.getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return own.getServerAliases(keyType, issuers);
    }
}
