package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import java.util.UUID;

/** Ids in addresses: what is no id names nothing, so it is not found (clients try names first). */
final class ServerIds {
    private ServerIds() {}

    static UUID parse(String id) {
        if (!Text.isUuid(id)) {
            throw Refusal.notFound("Instance " + id.substring(0, Math.min(64, id.length())) + " could not be found.");
        }
        return UUID.fromString(id);
    }
}
