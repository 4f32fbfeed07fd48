package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.reconcile.Reconciler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Images asked for ahead ↔ the hosts' plans: a host whose images have changed gets a new plan; those of yesterday and those that were deleted
 * are forgotten.
 */
@Component
class PlannedImages implements Reconciler {
    private final Transactions transactions;

    PlannedImages(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "images asked for ahead";
    }

    @Override
    public String channel() {
        return ImagesAhead.CHANNEL;
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean step() {
        transactions.doAsSystem(db -> {
            List<UUID> hosts = db.sql("""
                    with changed as (
                        update image_ahead set planned = true where (host_id, image_id) in (
                            select host_id, image_id from image_ahead where not planned for update skip locked)
                        returning host_id),
                    forgotten as (
                        delete from image_ahead where (host_id, image_id) in (
                            select host_id, image_id from image_ahead a
                             where planned
                               and (expires_at < now() or not exists (select from image where image.id = a.image_id))
                               for update of a skip locked)
                        returning host_id),
                    hosts as (select host_id from changed union select host_id from forgotten)
                    update host set plan_generation = plan_generation + 1
                     where id in (select id from host where id in (select host_id from hosts) order by id for update)
                    returning id
                    """).query(UUID.class).list();
            hosts.forEach(host -> db.wake(Guests.PLANS, host.toString()));
        });
        return false;
    }
}
