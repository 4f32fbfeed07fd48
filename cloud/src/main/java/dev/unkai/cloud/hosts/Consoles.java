package dev.unkai.cloud.hosts;

import dev.unkai.cloud.hosts.console.ConsoleSessions;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Ways to a guest's screen, serial line and console log, through its host. */
@Component
public class Consoles {
    private final ConsoleSessions sessions;
    private final String publicUrl;

    Consoles(ConsoleSessions sessions, @Value("${unkai.public-url}") String publicUrl) {
        this.sessions = sessions;
        this.publicUrl = publicUrl;
    }

    /** What a console session is for. */
    public enum Kind {
        VNC,
        SERIAL
    }

    /**
     * The address for a browser (VNC: a page; serial: a websocket). It is good once, within ten minutes; the opening is
     * recorded as an event.
     *
     * @throws dev.unkai.base.Refusal conflict when the server does not run
     */
    public String open(Caller caller, UUID serverId, Kind kind) {
        String token = sessions.offer(caller, serverId, kind.name());
        return switch (kind) {
            case VNC -> publicUrl + "/console/vnc?token=" + token;
            case SERIAL -> publicUrl.replaceFirst("^http", "ws") + "/service/v1/consoles/" + token;
        };
    }

    /** What a console address leads to: a server on a host. */
    public record Target(UUID server, String host) {}

    /** For an operator: what the token of an address that {@link #open} gave leads to; empty when it is used, expired or none. */
    public java.util.Optional<Target> resolve(Caller caller, String token) {
        return sessions.resolve(caller, token);
    }

    /**
     * The last {@code lines} lines (0: all) that the guest wrote to its serial console.
     *
     * @throws dev.unkai.base.Refusal conflict when no host has the server or its host does not answer
     */
    public String log(Caller caller, UUID serverId, int lines) {
        return sessions.log(caller, serverId, lines);
    }
}
