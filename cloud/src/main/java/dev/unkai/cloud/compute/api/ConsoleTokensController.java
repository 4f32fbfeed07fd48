package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.hosts.Consoles;
import dev.unkai.wire.token.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /os-console-auth-tokens}: what the token of a console's address leads to, for the provider. There is no port to connect
 * to: the way to a console is the address itself, through the host's own connection.
 */
@RestController
@RequestMapping("/compute/v2.1/os-console-auth-tokens")
class ConsoleTokensController {
    private static final int ALL_KINDS = 31;

    private final Consoles consoles;

    ConsoleTokensController(Consoles consoles) {
        this.consoles = consoles;
    }

    @GetMapping("/{token}")
    @Allow("compute:console:resolve")
    Shape show(Caller caller, Microversion version, @PathVariable String token) {
        Consoles.Target target = consoles.resolve(caller, token).orElseThrow(() -> Refusal.notFound("Token not found"));
        if (version.before(ALL_KINDS)) {
            // Until then of RDP consoles only, of which there are none here.
            throw Refusal.unauthorized("The requested console type details are not accessible");
        }
        return Shape.of(
                "console",
                new Shape()
                        .with("instance_uuid", target.server())
                        .with("host", target.host())
                        .with("port", null)
                        .with("internal_access_path", null));
    }
}
