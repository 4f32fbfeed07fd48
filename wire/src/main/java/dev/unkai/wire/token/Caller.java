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
 * @param isAdmin whether the request is made for the provider, who sees every project where an API offers it; as in the reference's request context, the
 *     policy decides it, for each request: an admin's always, another provider role's where the policy names it for the action
 */
public record Caller(TokenClaims token, String address, String agent, String requestId, boolean isAdmin)
        implements Scoped {
    /** Of a request whose action the policy says nothing about: only an admin makes it for the provider. */
    public Caller(TokenClaims token, String address, String agent, String requestId) {
        this(token, address, agent, requestId, has(token, Role.ADMIN));
    }

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
        return has(token, role);
    }

    private static boolean has(TokenClaims token, Role role) {
        return token.roles().stream().flatMap(name -> Role.of(name).stream()).anyMatch(own -> own.implies(role));
    }

    @Override
    public boolean looksOnly() {
        return token.isView();
    }

    @Override
    public Reach reach() {
        if (isAdmin) {
            return new Reach.Provider();
        }
        return token.projectId() == null ? new Reach.Nothing() : new Reach.Project(token.projectId());
    }
}
