package dev.unkai.web;

import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of the connection: another process by its certificate, or a client by its address. */
public final class Peer {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final int LONGEST_AGENT = 200;

    private Peer() {}

    /** The process name in the verified client certificate (CN), or null. */
    public static @Nullable String process(HttpServletRequest request) {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            return null;
        }
        try {
            return new LdapName(chain[0].getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .findFirst()
                            .orElse(null);
        } catch (InvalidNameException e) {
            return null; // a certificate without a readable name is nobody's
        }
    }

    /** Whose token the request carries, once the policy check has accepted it; else null. */
    public static @Nullable Caller caller(HttpServletRequest request) {
        return request.getAttribute(AllowInterceptor.CALLER) instanceof Caller caller ? caller : null;
    }

    public static boolean isCloud(HttpServletRequest request) {
        return "cloud".equals(process(request));
    }

    /** The client's address as text, see {@link ClientAddress}. */
    public static String address(HttpServletRequest request) {
        return client(request).address().toString();
    }

    /** The client's address. */
    public static IpAddress source(HttpServletRequest request) {
        return client(request).address();
    }

    /** Whether the client is on the machine itself, through no proxy. */
    public static boolean isLocal(HttpServletRequest request) {
        return client(request).local();
    }

    /** What an inner process is told of where the request comes from, as its header X-Forwarded-For. */
    public static String forwarded(HttpServletRequest request) {
        return client(request).forwarded();
    }

    /** Found once for a request, at its beginning. */
    private static ClientAddress client(HttpServletRequest request) {
        return request.getAttribute(RequestFilter.CLIENT) instanceof ClientAddress known
                ? known
                : ClientAddress.of(request, List.of());
    }

    /** The client's program, shortened and without control characters. */
    public static String agent(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        if (agent == null) {
            return "";
        }
        String clean = agent.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > LONGEST_AGENT ? clean.substring(0, LONGEST_AGENT) : clean;
    }

    /** The id that this request carries everywhere. */
    public static String requestId(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(RequestFilter.ID));
    }
}
