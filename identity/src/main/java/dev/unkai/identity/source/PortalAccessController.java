package dev.unkai.identity.source;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.identity.api.Named;
import dev.unkai.web.Peer;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What cloud shows as {@code /service/v1/portal-access}. */
@RestController
@RequestMapping("/identity/service/v1/portal-access")
public final class PortalAccessController {
    private final PortalAccess access;

    public PortalAccessController(PortalAccess access) {
        this.access = access;
    }

    /**
     * @param portalAccess {@code internet} or {@code ssl-vpn}
     * @param tunnels the prefix of the contract's tunnels with {@code ssl-vpn}, else null
     * @param gateway {@code address:port} at which VPN clients connect, or null where the site has no gateway
     */
    record View(
            Named contract,
            @OneOf({"internet", "ssl-vpn"}) String portalAccess,
            @Nullable String tunnels,
            @Nullable String gateway) {}

    /** How each contract is reached. */
    @Allow("identity:portal-access:list")
    @GetMapping("/contracts")
    Contracts all(Caller caller) {
        return new Contracts(
                access.all(caller).stream().map(PortalAccessController::view).toList());
    }

    record Contracts(List<View> contracts) {}

    record Wanted(
            @Needed @OneOf({"internet", "ssl-vpn"}) @Nullable
            String portalAccess) {}

    /** How the contract is reached. */
    @Allow("identity:portal-access:show")
    @GetMapping
    View show(Caller caller, @RequestParam(required = false) @Nullable String contract) {
        return view(access.read(caller, contract));
    }

    /** Says how it is reached. */
    @Allow("identity:portal-access:update")
    @PutMapping
    View change(
            Caller caller,
            @RequestParam(required = false) @Nullable String contract,
            @RequestBody Wanted wanted,
            HttpServletRequest request) {
        if (contract == null || wanted.portalAccess() == null) {
            throw Refusal.invalid("Name the contract in the query (contract=ID) and its \"portalAccess\" in the body.");
        }
        return view(access.change(caller, contract, wanted.portalAccess(), Peer.isLocal(request)));
    }

    private static View view(PortalAccess.Way way) {
        return new View(new Named(way.id(), way.name()), way.kind(), way.tunnels(), way.gateway());
    }
}
