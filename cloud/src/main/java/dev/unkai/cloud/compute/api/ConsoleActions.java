package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.hosts.Consoles;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ways to a server's screen, serial line and log that the Compute API names. */
@Component
class ConsoleActions {
    private final Servers servers;
    private final Consoles consoles;

    ConsoleActions(Servers servers, Consoles consoles) {
        this.servers = servers;
        this.consoles = consoles;
    }

    /** {@code os-getConsoleOutput}: the last {@code length} lines, all when absent or negative. */
    Shape output(Caller caller, UUID id, Fields wanted) {
        int length = wanted.isNull("length") ? -1 : wanted.integer("length", -1, -1, Integer.MAX_VALUE);
        wanted.end();
        ready(servers.find(caller, id));
        // Asked for no lines, the reference answers none; to the host 0 would mean all.
        return Shape.of("output", length == 0 ? "" : consoles.log(caller, id, Math.max(0, length)));
    }

    /** The console actions up to 2.5. */
    Shape open(Caller caller, UUID id, String action, Fields wanted) {
        String type = switch (action) {
            case "os-getVNCConsole" -> wanted.oneOf("type", "novnc", "xvpvnc");
            case "os-getSerialConsole" -> wanted.oneOf("type", "serial");
            case "os-getSPICEConsole" -> wanted.oneOf("type", "spice-html5");
            default -> wanted.oneOf("type", "rdp-html5");
        };
        String chosen = required(wanted, "type", type);
        wanted.end();
        return Shape.of("console", new Shape().with("type", chosen).with("url", url(caller, id, chosen)));
    }

    /** {@code remote-consoles} from 2.6 on. */
    Shape remote(Caller caller, UUID id, Microversion version, Fields wanted) {
        String protocol = required(
                wanted,
                "protocol",
                version.atLeast(8)
                        ? wanted.oneOf("protocol", "vnc", "spice", "rdp", "serial", "mks")
                        : wanted.oneOf("protocol", "vnc", "spice", "rdp", "serial"));
        String type = required(
                wanted,
                "type",
                version.atLeast(8)
                        ? wanted.oneOf("type", "novnc", "xvpvnc", "spice-html5", "rdp-html5", "serial", "webmks")
                        : wanted.oneOf("type", "novnc", "xvpvnc", "spice-html5", "rdp-html5", "serial"));
        wanted.end();
        boolean fits = protocol.equals(
                switch (type) {
                    case "novnc", "xvpvnc" -> "vnc";
                    case "spice-html5" -> "spice";
                    case "rdp-html5" -> "rdp";
                    case "webmks" -> "mks";
                    default -> "serial";
                });
        if (!fits) {
            throw Refusal.invalid("Invalid input for field/attribute remote_console: " + type
                    + " is no console of protocol " + protocol + ".");
        }
        return Shape.of(
                "remote_console",
                new Shape().with("protocol", protocol).with("type", type).with("url", url(caller, id, type)));
    }

    private static String required(Fields fields, String name, @Nullable String value) {
        if (value == null) {
            throw fields.missing(name);
        }
        return value;
    }

    private String url(Caller caller, UUID id, String type) {
        Server server = servers.find(caller, id);
        Consoles.Kind kind = switch (type) {
            case "novnc" -> Consoles.Kind.VNC;
            case "serial" -> Consoles.Kind.SERIAL;
            default -> throw Refusal.invalid("Unavailable console type " + type + ". Use novnc or serial.");
        };
        ready(server);
        return consoles.open(caller, id, kind);
    }

    private static void ready(Server server) {
        if (server.state().vm() == Vm.BUILDING) {
            throw Refusal.conflict("Instance " + server.id() + " is not ready: it is still being built.");
        }
    }
}
