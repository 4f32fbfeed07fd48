package dev.unkai.identity.auth;

import dev.unkai.web.Peer;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as long as nobody knows whose it is.
 *
 * @param local from the machine itself, through no proxy
 * @param console for how long the user of the console has done nothing, when the console asks; else null
 * @param proves whether he has shown just now, in his session, who he is
 */
public record Requester(
        IpAddress source,
        boolean local,
        String agent,
        String requestId,
        @Nullable Duration console,
        boolean proves) {
    /** By this cloud's edge says that it asks for the console; from anybody else it has no effect. */
    private static final String SESSION = "X-Unkai-Session";

    private static final Pattern CONSOLE = Pattern.compile("console; idle=(\\d{1,6})");

    public static Requester of(HttpServletRequest request) {
        return new Requester(
                Peer.source(request),
                Peer.isLocal(request),
                Peer.agent(request),
                Peer.requestId(request),
                console(request),
                false);
    }

    /** Of a caller who proves once more who he is. */
    public static Requester of(Caller caller) {
        IpAddress source = IpAddress.parse(caller.address()).orElse(new IpAddress(0, 0));
        return new Requester(source, false, caller.agent(), caller.requestId(), null, false);
    }

    /** The same, when he has just shown again who he is. */
    public Requester proving() {
        return new Requester(source, local, agent, requestId, console, true);
    }

    public String address() {
        return source.toString();
    }

    private static @Nullable Duration console(HttpServletRequest request) {
        String header = Peer.isCloud(request) ? request.getHeader(SESSION) : null;
        Matcher said = CONSOLE.matcher(header == null ? "" : header);
        return said.matches() ? Duration.ofSeconds(Long.parseLong(said.group(1))) : null;
    }
}
