package dev.unkai.cloud.compute.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.cloud.compute.Server;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The status that pages are cut by in SQL is the one that is shown, whatever the row. */
class StatusTest {
    private record Derived(UUID id, String status, String vmState) {}

    @Test
    void theDatabaseAndTheViewAgreeOnEveryCombination() {
        PostgresFixture.Database database = PostgresFixture.database("status").migrated();
        try (var api = database.api().pool("api", 1);
                var system = database.system().pool("system", 1)) {
            new Transactions(api, system, new Wakeups()).doAsSystem(db -> {
                db.sql("""
                        insert into server (id, project_id, user_id, request_id, reservation_id, name, hostname,
                               flavor_id, flavor_name, vcpus, ram_mb, disk_gb, created_at, updated_at,
                               desired, settled, observed, work, reboots, reboot_kind,
                               fault_code, fault_message, fault_at, launched_at, terminated_at)
                        select gen_random_uuid(), 'p', 'u', 'r', 'r', 'n', 'n', 'f', 'f', 1, 1, 1, now(), now(),
                               desired, settled, observed, work, reboots, kind,
                               case when fault then 500 end, case when fault then 'x' end, case when fault then now() end,
                               case when launched then now() end, case when gone then now() end
                          from unnest(array['active', 'stopped', 'paused', 'resized', 'soft_deleted', 'deleted']) desired,
                               unnest(array[null, 'active', 'stopped', 'paused', 'suspended', 'rescued', 'resized',
                                            'shelved', 'shelved_offloaded', 'soft_deleted']) settled,
                               unnest(array['none', 'running', 'paused', 'suspended', 'stopped', 'unknown']) observed,
                               unnest(array[null, 'rebuilding', 'resize_finish', 'resize_reverting', 'migrating',
                                            'updating_password', 'image_uploading']) work,
                               unnest(array[0, 1]) reboots, unnest(array['soft', 'hard']) kind,
                               (values (false, true, false), (true, true, false), (false, false, false), (true, true, true))
                                   as fate (fault, launched, gone)
                        """).update();
                Map<UUID, Derived> derived = db
                        .sql("select s.id, " + StateSql.STATUS + " as status, " + StateSql.VM_STATE
                                + " as vm_state from server s")
                        .query((row, n) -> new Derived(
                                row.getObject("id", UUID.class), row.getString("status"), row.getString("vm_state")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Derived::id, one -> one));
                List<Server> servers = db.sql(
                                "select " + ServerStore.COLUMNS + ServerStore.WITHOUT_SECRETS + " from server s")
                        .query(ServerStore::read)
                        .list();
                assertThat(servers).hasSize(6 * 10 * 6 * 7 * 2 * 2 * 4);
                for (Server server : servers) {
                    Derived inDatabase = derived.get(server.id());
                    assertThat(inDatabase.status())
                            .as("%s", server)
                            .isEqualTo(server.state().status().name());
                    assertThat(inDatabase.vmState())
                            .as("%s", server)
                            .isEqualTo(server.state().vm().wireName());
                }
            });
        }
    }
}
