package dev.unkai.cloud.edge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.compute.UserThings;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The contract's users and their roles; identity keeps them and decides (dev.unkai.identity.role.UserRoles, dev.unkai.identity.user.ContractUsers). */
@RestController
@ServiceApi
@RequestMapping("/service/v1/users")
public final class UserController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final IdentityPassage identity;
    private final UserThings things;
    private final LeftUsers left;

    UserController(IdentityPassage identity, UserThings things, LeftUsers left) {
        this.identity = identity;
        this.things = things;
        this.left = left;
    }

    /** What identity knows of him, and what stands here. */
    @Shape(name = "AllHoldings")
    record AllHoldings(
            @JsonUnwrapped @Shape(name = "Holdings") JsonNode ofIdentity,
            List<UserThings.Made> servers,
            List<UserThings.Key> keyPairs) {}

    /** Users with the roles that they hold, and the contract's projects; {@code contract=ID} for the provider's people. */
    @Allow("user:list")
    @GetMapping
    ResponseEntity<byte[]> list(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** What the user could log in with, which ends when he leaves, and what he made, which stays; with his key pairs, which go. */
    @Shape(AllHoldings.class)
    @Allow("user:show")
    @GetMapping("/{user}/holdings")
    ResponseEntity<JsonNode> holdings(Caller caller, @PathVariable String user, HttpServletRequest request)
            throws IOException {
        // Whoever may not look after the user is refused here.
        ObjectNode all = (ObjectNode) JSON.readTree(identity.pass(request).getBody());
        UserThings.Things made = things.of(caller, user);
        all.set("servers", JSON.valueToTree(made.servers()));
        all.set("keyPairs", JSON.valueToTree(made.keyPairs()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(all);
    }

    /**
     * {@code {"user": {"name", "person", "email", "language", "role", "project"}}}; a sealed link to the first password goes to the address. {@code contract=ID}
     * for the provider's people.
     */
    @Allow("user:create")
    @PostMapping
    ResponseEntity<byte[]> create(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** {@code {"user": {"enabled": false}}}: what the user works with is void within five seconds; {@code true} takes it back. */
    @Allow("user:update")
    @PatchMapping("/{user}")
    ResponseEntity<byte[]> update(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** For good, with everything that the user could log in with. */
    @Allow("user:remove")
    @DeleteMapping("/{user}")
    ResponseEntity<byte[]> remove(HttpServletRequest request) throws IOException {
        ResponseEntity<byte[]> answer = identity.pass(request);
        left.look();
        return answer;
    }

    /** A link to a new password goes to the user's registered address. */
    @Allow("user:password:send")
    @PostMapping("/{user}/password-link")
    ResponseEntity<byte[]> sendPasswordLink(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** Gives the role of that name on {@code project=ID}. */
    @Allow("user:role:grant")
    @PutMapping("/{user}/roles/{role}")
    ResponseEntity<byte[]> give(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }

    /** Takes it away, from open sessions and programs too within five seconds. */
    @Allow("user:role:withdraw")
    @DeleteMapping("/{user}/roles/{role}")
    ResponseEntity<byte[]> take(HttpServletRequest request) throws IOException {
        return identity.pass(request);
    }
}
