package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.ProxiedFloatingIps;
import dev.unkai.cloud.network.ProxiedFloatingIps.Shown;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-floating-ips} and {@code /os-floating-ip-pools} until 2.35, which stand for the Network API. */
@RestController("computeFloatingIps")
@RequestMapping("/compute/v2.1")
class FloatingIpsController {
    private static final int LAST = 35;

    private final Transactions transactions;
    private final ProxiedFloatingIps floatingIps;

    FloatingIpsController(Transactions transactions, ProxiedFloatingIps floatingIps) {
        this.transactions = transactions;
        this.floatingIps = floatingIps;
    }

    @GetMapping("/os-floating-ip-pools")
    @Allow("compute:floating-ip:show")
    Shape pools(Caller caller, Microversion version) {
        Since.last(version, LAST);
        return Shape.of(
                "floating_ip_pools",
                transactions.asCaller(caller, floatingIps::pools).stream()
                        .map(name -> Shape.of("name", name))
                        .toList());
    }

    @GetMapping("/os-floating-ips")
    @Allow("compute:floating-ip:show")
    Shape list(Caller caller, Microversion version) {
        Since.last(version, LAST);
        return Shape.of(
                "floating_ips",
                transactions.asCaller(caller, db -> floatingIps.list(db, caller)).stream()
                        .map(FloatingIpsController::shape)
                        .toList());
    }

    @PostMapping("/os-floating-ips")
    @Allow("compute:floating-ip:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        String pool = body == null || body.isNull() ? null : Fields.of(body).nullableText("pool", Text.META_VALUE);
        return Shape.of(
                "floating_ip", shape(transactions.asCaller(caller, db -> floatingIps.create(db, caller, pool))));
    }

    @GetMapping("/os-floating-ips/{id}")
    @Allow("compute:floating-ip:show")
    Shape show(Caller caller, Microversion version, @PathVariable String id) {
        UUID known = parse(id, version);
        return Shape.of("floating_ip", shape(transactions.asCaller(caller, db -> floatingIps.get(db, known))));
    }

    @DeleteMapping("/os-floating-ips/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:floating-ip:manage")
    void delete(Caller caller, Microversion version, @PathVariable String id) {
        UUID known = parse(id, version);
        transactions.doAsCaller(caller, db -> floatingIps.delete(db, caller, known));
    }

    private static UUID parse(String id, Microversion version) {
        Since.last(version, LAST);
        if (!Text.isUuid(id)) {
            throw Refusal.notFound("Floating IP not found for ID " + id.substring(0, Math.min(60, id.length())));
        }
        return Text.uuid(id);
    }

    private static Shape shape(Shown one) {
        return new Shape()
                .with("id", one.id())
                .with("ip", one.address())
                .with("pool", one.pool())
                .with("fixed_ip", one.fixedIp())
                .with("instance_id", one.server());
    }
}
