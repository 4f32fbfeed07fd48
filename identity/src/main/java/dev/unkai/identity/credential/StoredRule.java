package dev.unkai.identity.credential;

import dev.unkai.wire.token.AccessRule;

/** An access rule of somebody, under which several application credentials may stand. */
public record StoredRule(String id, String path, String method, String service) {
    AccessRule rule() {
        return new AccessRule(service, method, path);
    }
}
