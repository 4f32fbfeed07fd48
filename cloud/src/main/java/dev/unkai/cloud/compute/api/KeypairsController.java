package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Keypair;
import dev.unkai.cloud.compute.Keypairs;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-keypairs}: types since 2.2, other users' for the provider since 2.10, pages since 2.35, no new private keys since 2.92. */
@RestController
@RequestMapping("/compute/v2.1/os-keypairs")
class KeypairsController {
    private final Keypairs keypairs;
    private final Links links;

    KeypairsController(Keypairs keypairs, Links links) {
        this.keypairs = keypairs;
        this.links = links;
    }

    @GetMapping
    @Allow("compute:keypair:own")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        Query query = Query.of(request, version, "user_id", "limit", "marker");
        boolean paged = version.atLeast(35);
        List<Keypair> found = keypairs.list(
                caller,
                user(caller, version, query),
                paged ? query.text("marker") : null,
                paged ? query.limit() : Query.MOST);
        Shape page = Shape.of(
                "keypairs",
                found.stream()
                        .map(keypair -> Shape.of("keypair", brief(keypair, version)))
                        .toList());
        if (paged && query.isFull(found.size())) {
            page.with(
                    "keypairs_links",
                    links.next("os-keypairs", query, found.getLast().name()));
        }
        return page;
    }

    @PostMapping
    @Allow("compute:keypair:own")
    ResponseEntity<Shape> create(
            Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.only(body, "keypair");
        boolean onlyTaken = version.atLeast(92); // from then on nobody but the user makes private keys
        String name = fields.text("name", onlyTaken ? Text.KEYPAIR_NAME_292 : Text.KEYPAIR_NAME);
        String publicKey =
                onlyTaken ? fields.text("public_key", Text.ANY) : fields.optionalText("public_key", Text.ANY);
        String type = version.atLeast(2) ? fields.oneOf("type", "ssh", "x509") : null;
        String user = version.atLeast(10) ? fields.optionalText("user_id", Text.NAME) : null;
        fields.end();
        String owner = user == null ? caller.user() : user;
        String kind = type == null ? "ssh" : type;
        Keypairs.Created created = publicKey == null
                ? keypairs.generate(caller, owner, name, kind)
                : keypairs.take(caller, owner, name, kind, publicKey);
        Shape shape = brief(created.keypair(), version)
                .with("user_id", created.keypair().userId())
                .when(created.privateKey() != null, "private_key", created.privateKey());
        return ResponseEntity.status(version.atLeast(2) ? HttpStatus.CREATED : HttpStatus.OK)
                .body(Shape.of("keypair", shape));
    }

    @GetMapping("/{name}")
    @Allow("compute:keypair:own")
    Shape show(Caller caller, Microversion version, @PathVariable String name, HttpServletRequest request) {
        Query query = Query.of(request, version, "user_id");
        Keypair keypair = keypairs.show(caller, user(caller, version, query), name);
        return Shape.of(
                "keypair",
                brief(keypair, version)
                        .with("user_id", keypair.userId())
                        .with("id", keypair.number())
                        .with("created_at", Times.micros(keypair.createdAt()))
                        .with("updated_at", null)
                        .with("deleted_at", null)
                        .with("deleted", false));
    }

    @DeleteMapping("/{name}")
    @Allow("compute:keypair:own")
    ResponseEntity<Void> delete(
            Caller caller, Microversion version, @PathVariable String name, HttpServletRequest request) {
        Query query = Query.of(request, version, "user_id");
        keypairs.delete(caller, user(caller, version, query), name);
        return ResponseEntity.status(version.atLeast(2) ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED)
                .build();
    }

    private static String user(Caller caller, Microversion version, Query query) {
        String user = version.atLeast(10) ? query.text("user_id") : null;
        return user == null ? caller.user() : user;
    }

    private static Shape brief(Keypair keypair, Microversion version) {
        return new Shape()
                .with("name", keypair.name())
                .with("public_key", keypair.publicKey())
                .with("fingerprint", keypair.fingerprint())
                .when(version.atLeast(2), "type", keypair.type());
    }
}
