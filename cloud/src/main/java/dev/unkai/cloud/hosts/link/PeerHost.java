package dev.unkai.cloud.hosts.link;

import dev.unkai.wire.node.NodeLinkGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Which host a connection belongs to: its certificate says so (SAN URI {@code unkai:host:<uuid>}), and nothing else. By one that has ended it may ask for the next. */
final class PeerHost implements ServerInterceptor {
    private static final Context.Key<UUID> HOST = Context.key("unkai.host");
    private static final Context.Key<X509Certificate> CERTIFICATE = Context.key("unkai.host.certificate");
    private static final String PREFIX = "unkai:host:";
    private static final int URI = 6; // GeneralName uniformResourceIdentifier, RFC 5280 section 4.2.1.6

    private final InstantSource clock;

    PeerHost(InstantSource clock) {
        this.clock = clock;
    }

    /** The host of the current call; there is none outside of calls. */
    static UUID current() {
        UUID host = HOST.get();
        if (host == null) {
            throw new IllegalStateException("No call of a host is being served");
        }
        return host;
    }

    /** What it proved that it is by. */
    static Optional<X509Certificate> certificate() {
        return Optional.ofNullable(CERTIFICATE.get());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<X509Certificate> own = presented(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        Optional<UUID> host = own.flatMap(PeerHost::named);
        if (host.isEmpty()) {
            call.close(
                    Status.PERMISSION_DENIED.withDescription(
                            "The certificate names no host (SAN URI unkai:host:<uuid>)."),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (clock.instant().isAfter(own.get().getNotAfter().toInstant())
                && !call.getMethodDescriptor()
                        .getFullMethodName()
                        .equals(NodeLinkGrpc.getRenewCertificateMethod().getFullMethodName())) {
            call.close(
                    Status.UNAUTHENTICATED.withDescription(
                            "The host's certificate has ended and has to be renewed first."),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(callOf(host.get()).withValue(CERTIFICATE, own.get()), call, headers, next);
    }

    /** The context in which a call of the host is served. */
    static Context callOf(UUID host) {
        return Context.current().withValue(HOST, host);
    }

    private static Optional<X509Certificate> presented(@Nullable SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> named(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
        if (names == null) {
            return Optional.empty();
        }
        for (List<?> name : names) {
            if (name.get(0).equals(URI) && name.get(1) instanceof String uri && uri.startsWith(PREFIX)) {
                try {
                    return Optional.of(UUID.fromString(uri.substring(PREFIX.length())));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
