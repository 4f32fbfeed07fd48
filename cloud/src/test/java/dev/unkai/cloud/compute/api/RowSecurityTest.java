package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Scoped;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With all policy code out of the way, the database itself keeps projects and users apart. */
class RowSecurityTest {
    private static final List<String> TABLES = List.of(
            "server",
            "server_group",
            "instance_action",
            "instance_action_event",
            "compute_project",
            "compute_quota",
            "compute_user_quota",
            "keypair",
            "flavor_access");

    private final ComputeSite site = ComputeSite.shared();
    private final Customer owner = site.customer();
    private final Scoped stranger = () -> new Reach.Project("project-of-nobody");
    private final Scoped unscoped = Reach.Nothing::new;

    @BeforeEach
    void theOwnerHasOneOfEach() {
        String id = owner.running("mine");
        owner.act(id, "{\"os-stop\":null}");
        owner.post(1, "/os-server-groups", "{\"server_group\":{\"name\":\"g\",\"policies\":[\"affinity\"]}}");
        owner.post(1, "/os-keypairs", "{\"keypair\":{\"name\":\"k\"}}");
        site.system("insert into compute_quota values (?, 'cores', 7)", owner.project);
        site.system("insert into compute_user_quota values (?, 'somebody', 'cores', 7)", owner.project);
        site.system("insert into flavor_access values ('u1.nano', ?)", owner.project);
    }

    @Test
    void nothingOfAnotherProjectIsRead() {
        for (Scoped caller : List.of(stranger, unscoped)) {
            for (String table : TABLES) {
                int seen = site.transactions.asCaller(
                        caller,
                        db -> db.sql("select count(*) from " + table)
                                .query(Integer.class)
                                .single());
                assertThat(seen).as(table).isZero();
            }
        }
        Scoped self = () -> new Reach.Project(owner.project);
        for (String table : TABLES) {
            String user = table.equals("keypair") ? "user-of-" + owner.project : "";
            int seen = site.transactions.asCaller(self, db -> {
                db.sql("select set_config('unkai.user', ?, true)")
                        .param(user)
                        .query()
                        .singleRow();
                return db.sql("select count(*) from " + table)
                        .query(Integer.class)
                        .single();
            });
            assertThat(seen).as(table).isPositive();
        }
    }

    @Test
    void nothingOfAnotherProjectIsChanged() {
        for (String change : List.of(
                "update server set name = 'taken'",
                "delete from server",
                "delete from keypair",
                "delete from server_group",
                "delete from instance_action",
                "update compute_quota set hard_limit = -1",
                "delete from compute_user_quota",
                "update flavor set ram_mb = 1",
                "delete from flavor")) {
            int changed =
                    site.transactions.asCaller(stranger, db -> db.sql(change).update());
            assertThat(changed).as(change).isZero();
        }
    }

    @Test
    void nothingIsWrittenIntoAnotherProject() {
        for (String insert : List.of(
                "insert into server_group values (gen_random_uuid(), '" + owner.project + "', 'u', 'n', 'affinity')",
                "insert into compute_quota values ('project-of-nobody', 'cores', -1)",
                "insert into compute_user_quota values ('project-of-nobody', 'somebody', 'cores', -1)",
                "insert into flavor_access values ('u1.nano', 'project-of-nobody')",
                "insert into flavor (id, name, vcpus, ram_mb, disk_gb) values ('free', 'free', 64, 1, 1)",
                "insert into keypair (user_id, name, type, fingerprint, public_key) values ('user-of-" + owner.project
                        + "', 'n', 'ssh', 'f', 'p')")) {
            assertThatThrownBy(() -> site.transactions.asCaller(
                            stranger, db -> db.sql(insert).update()))
                    .as(insert)
                    .rootCause()
                    .hasMessageContaining("row-level security");
        }
    }
}
