package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ways to a guest's screen, serial line and console log, through its host. */
@Component
public class Consoles {
    /** What a console session is for. */
    public enum Kind {
        VNC,
        SERIAL
    }

    /** Opens a session for the caller and answers the address for a browser; recorded as an event. */
    public String open(Caller caller, UUID serverId, Kind kind) {
        throw Refusal.conflict("The server has no console right now.");
    }

    /** The last {@code lines} lines (0: all) that the guest wrote to its serial console. */
    public String log(Caller caller, UUID serverId, int lines) {
        throw Refusal.conflict("The server has no console log right now.");
    }
}
