package dev.unkai.identity.access;

import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Scoped;

/** On whose behalf the database is asked while nobody is known yet: during a log-in. */
public final class Nobody {
    public static final Scoped YET = Reach.Nothing::new;

    private Nobody() {}
}
