package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The columns of {@code server} that say what it is rescued with. Both ways lead over one more hard reboot. */
@Component
public class RescueStore {
    /** @param passwordHash of the administrator of the rescue system, as in /etc/shadow; null for a rescue from before it was kept */
    public record Rescue(UUID imageId, @Nullable String passwordHash) {}

    public void begin(Db db, UUID server, UUID image, String passwordHash, Instant at) {
        db.sql("""
                update server set desired = 'rescued', generation = generation + 1, reboots = reboots + 1,
                       reboot_kind = 'hard', rescue_image_id = ?, rescue_password_hash = ?, updated_at = ?
                 where id = ?
                """)
                .param(image)
                .param(passwordHash)
                .param(Columns.timestamp(at))
                .param(server)
                .update();
    }

    public void end(Db db, UUID server, Instant at) {
        db.sql("""
                update server set desired = 'active', generation = generation + 1, reboots = reboots + 1,
                       reboot_kind = 'hard', rescue_image_id = null, rescue_password_hash = null, updated_at = ?
                 where id = ?
                """).param(Columns.timestamp(at)).param(server).update();
    }

    /** Empty for a server that is not to be rescued. */
    public Optional<Rescue> of(Db db, UUID server) {
        return db.sql("""
                        select rescue_image_id, rescue_password_hash from server
                         where id = ? and desired = 'rescued' and rescue_image_id is not null
                        """)
                .param(server)
                .query((row, n) -> new Rescue(row.getObject(1, UUID.class), row.getString(2)))
                .optional();
    }
}
