package dev.unkai.cloud.network;

import dev.unkai.base.data.Db;
import java.util.UUID;

/** Who wants to know that a server's port has other addresses or security groups now, in the transaction that gave it them. */
public interface PortObserver {
    /** @param project that the port belongs to */
    void changed(Db db, UUID server, String project);
}
