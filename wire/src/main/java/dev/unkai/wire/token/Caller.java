package dev.unkai.wire.token;

import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Scoped;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, from where: a verified token and the circumstances.
 *
 * @param address the client's address as text
 * @param agent the client's User-Agent, shortened; may be empty
 * @param requestId {@code req-<uuid>}, follows the request to the guest
 */
public record Caller(TokenClaims token, String address, String agent, String requestId) implements Scoped {
    /** The project of the request. Throws IllegalStateException without a project scope: handlers are guarded. */
    public String project() {
        String id = token.projectId();
        if (id == null) {
            throw new IllegalStateException("The token has no project");
        }
        return id;
    }

    public @Nullable String projectOrNull() {
        return token.projectId();
    }

    public String user() {
        return token.userId();
    }

    public boolean has(Role role) {
        return token.roles().stream().flatMap(name -> Role.of(name).stream()).anyMatch(own -> own.implies(role));
    }

    /** An operator of the provider: sees every project where an API offers it. */
    public boolean isAdmin() {
        return has(Role.ADMIN);
    }

    @Override
    public Reach reach() {
        if (isAdmin()) {
            return new Reach.Provider();
        }
        return token.projectId() == null ? new Reach.Nothing() : new Reach.Project(token.projectId());
    }
}
