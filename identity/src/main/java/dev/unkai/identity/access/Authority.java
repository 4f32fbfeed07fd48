package dev.unkai.identity.access;

import dev.unkai.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may manage beyond itself, worked out once per request: everything (the provider), one domain, one
 * project, or nothing. The policy table has said before that the role suffices; this says for whose things.
 *
 * @param provider an operator
 * @param domain the domain whose accounts, projects and roles the caller manages, or null
 * @param project the project whose role assignments the caller manages, or null
 * @param readOnly the token comes from a restricted application credential, which changes nothing here
 */
public record Authority(
        boolean provider, @Nullable String domain, @Nullable String project, boolean readOnly) {
    /** The domain filter of a list: what was asked for, within what the caller may see. */
    public @Nullable String listed(@Nullable String asked) {
        if (provider) {
            return asked;
        }
        String own = ownDomain();
        return asked == null || asked.equals(own) ? own : "";
    }

    public boolean manages(@Nullable String domainId) {
        return provider || (domain != null && domain.equals(domainId));
    }

    /** Throws a refusal unless the caller manages the domain of the thing; to others it is not there. */
    public void need(String domainId, Refusal notThere) {
        if (!provider) {
            ownDomain();
        }
        if (!manages(domainId)) {
            throw notThere;
        }
    }

    /** Throws a refusal for a token that may look but not change. */
    public Authority toChange() {
        if (readOnly) {
            throw Refusal.forbidden("A restricted application credential cannot change accounts or rights. Log in by"
                    + " password, or use an unrestricted credential.");
        }
        return this;
    }

    /** The domain that the caller manages; throws a refusal when there is none. */
    public String ownDomain() {
        if (domain == null) {
            throw Refusal.forbidden("This token manages no domain. Ask for the role manager on your domain.");
        }
        return domain;
    }
}
