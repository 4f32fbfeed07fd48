package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.util.UUID;

/** Who keeps what guests leave as their administrators' passwords. */
public interface PasswordObserver {
    /** False when there is one already. */
    boolean left(Db db, UUID guest, String password);
}
