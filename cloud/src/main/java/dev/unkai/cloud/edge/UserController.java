package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.web.ServiceApi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract's users and their roles; identity keeps them and decides (dev.unkai.identity.role.UserRoles). */
@RestController
@ServiceApi
@RequestMapping("/service/v1/users")
public final class UserController {
    private final IdentityPassage identity;

    public UserController(IdentityPassage identity) {
        this.identity = identity;
    }

    /** Users with the roles that they hold, and the contract's projects; {@code contract=ID} for the provider's people. */
    @Allow("user:list")
    @GetMapping
    ResponseEntity<byte[]> list(HttpServletRequest request) throws IOException {
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
