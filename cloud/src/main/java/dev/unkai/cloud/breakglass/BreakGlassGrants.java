package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Db;
import org.springframework.stereotype.Component;

/** Accesses that run, for other modules whose work needs one whatever the site's setting says. */
@Component
public class BreakGlassGrants {
    private final BreakGlassStore store;

    BreakGlassGrants(BreakGlassStore store) {
        this.store = store;
    }

    /**
     * The access to the project that runs at this moment and that the user has asked for or has approved: so a second person knows of it. Throws a
     * forbidden Refusal when there is none.
     */
    public BreakGlassCase covering(Db db, String user, String project) {
        return store.covering(db, user, project).orElseThrow(BreakGlassGuard::refusal);
    }
}
