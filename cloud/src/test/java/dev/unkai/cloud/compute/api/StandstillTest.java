package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.RestorableDeletion;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pause, suspend, protection, restorable deletion: what the API says at each point, and what it refuses. */
class StandstillTest {
    private final ComputeSite site = ComputeSite.shared();
    private final ComputeSite.Customer customer = site.customer();

    @Test
    void aServerIsPausedAndGoesOn() {
        roundTrip("pause", "pausing", "paused", "PAUSED", 3, "unpause", "unpausing");
    }

    @Test
    void aServerIsSuspendedAndGoesOn() {
        roundTrip("suspend", "suspending", "suspended", "SUSPENDED", 4, "resume", "resuming");
    }

    private void roundTrip(
            String stop, String stopping, String state, String status, int power, String go, String going) {
        String id = customer.running("still");
        assertThat(act(id, go).status()).isEqualTo(409);
        assertThat(act(id, stop).status()).isEqualTo(202);
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo(stopping);
        assertThat(show(id).path("status").asString()).isEqualTo("ACTIVE");

        settles(id, state, state);
        JsonNode still = show(id);
        assertThat(still.path("status").asString()).isEqualTo(status);
        assertThat(still.path("OS-EXT-STS:vm_state").asString()).isEqualTo(state);
        assertThat(still.path("OS-EXT-STS:power_state").asInt()).isEqualTo(power);
        assertThat(still.path("OS-EXT-STS:task_state").isNull()).isTrue();
        assertThat(customer.get(1, "/servers?status=" + status.toLowerCase(Locale.ROOT))
                        .json()
                        .at("/servers/0/id")
                        .asString())
                .isEqualTo(id);
        assertThat(act(id, stop).status()).isEqualTo(409);
        assertThat(act(id, "os-stop").status()).isEqualTo(409);

        assertThat(act(id, go).status()).isEqualTo(202);
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo(going);
        settles(id, "active", "running");
        assertThat(customer.status(id)).isEqualTo("ACTIVE");
        assertThat(customer.get(1, "/servers/" + id + "/os-instance-actions")
                        .json()
                        .at("/instanceActions/1/action")
                        .asString())
                .isEqualTo(stop);
    }

    @Test
    void aServerIsRescuedWithAPasswordAndComesBack() {
        String id = customer.running("broken");
        assertThat(act(id, "unrescue").status()).isEqualTo(409);
        assertThat(customer.act(id, "{\"rescue\":{\"rescue_image_ref\":\"" + UUID.randomUUID() + "\"}}")
                        .status())
                .isEqualTo(400);
        Answer rescued = customer.act(id, "{\"rescue\":{\"adminPass\":\"a secret\"}}");
        assertThat(rescued.status()).isEqualTo(200);
        assertThat(rescued.json().path("adminPass").asString()).isEqualTo("a secret");
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo("rescuing");
        assertThat(site.count(
                        "select count(*) from outbox where project_id = ? and event::text like '%a secret%'",
                        customer.project))
                .isZero();

        assertThat(site.count("select count(*) from server s where s::text like '%a secret%'"))
                .isZero();
        assertThat(site.count(
                        "select count(*) from server where id = ? and rescue_password_hash like '$6$%'",
                        UUID.fromString(id)))
                .isEqualTo(1);

        settles(id, "rescued", "running");
        assertThat(show(id).path("status").asString()).isEqualTo("RESCUE");
        assertThat(act(id, "pause").status()).isEqualTo(409);
        assertThat(act(id, "unrescue").status()).isEqualTo(202);
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo("unrescuing");
        settles(id, "active", "running");
        assertThat(customer.status(id)).isEqualTo("ACTIVE");
        assertThat(customer.act(id, "{\"changePassword\":{\"adminPass\":\"x\"}}")
                        .status())
                .isEqualTo(501);
    }

    @Test
    void aProtectedServerIsNotDeletedBeforeItsProtectionIsOff() {
        String id = customer.running("precious");
        assertThat(protection("GET", id, null).json().path("deleteProtection").asBoolean())
                .isFalse();
        assertThat(protection("PUT", id, "{\"deleteProtection\":true}").status())
                .isEqualTo(200);
        assertThat(protection("PUT", id, "{}").status()).isEqualTo(400);

        Answer refused = customer.delete(1, "/servers/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/conflictingRequest/message").asString()).contains("protected against deletion");
        assertThat(act(id, "forceDelete").status()).isEqualTo(409);
        assertThat(customer.send(customer.operatorToken(), 1, "DELETE", "/servers/" + id, null)
                        .status())
                .isEqualTo(409);
        assertThat(customer.status(id)).isEqualTo("ACTIVE");

        protection("PUT", id, "{\"deleteProtection\":false}");
        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(204);
        assertThat(protection("PUT", id, "{\"deleteProtection\":true}").status())
                .isEqualTo(409);
    }

    @Test
    void aServerDeletedRestorablyIsHiddenUntilItIsRestored() {
        String id = softDeleted("kept", Duration.ofHours(1));

        assertThat(show(id).path("status").asString()).isEqualTo("SOFT_DELETED");
        assertThat(show(id).path("OS-EXT-STS:vm_state").asString()).isEqualTo("soft-delete");
        assertThat(customer.get(1, "/servers").json().path("servers")).isEmpty();
        assertThat(customer.get(1, "/servers?status=SOFT_DELETED")
                        .json()
                        .at("/servers/0/id")
                        .asString())
                .isEqualTo(id);
        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(204);
        assertThat(customer.status(id)).isEqualTo("SOFT_DELETED");

        // it takes nothing of the quota until it comes back
        assertThat(used()).isZero();
        quota(0);
        assertThat(act(id, "restore").status()).isEqualTo(403);
        quota(10);
        assertThat(act(id, "restore").status()).isEqualTo(202);
        assertThat(used()).isEqualTo(1);
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo("restoring");
        settles(id, "active", "running");
        assertThat(customer.status(id)).isEqualTo("ACTIVE");
        assertThat(act(id, "restore").status()).isEqualTo(409);
    }

    @Test
    void aServerDeletedRestorablyGoesWhenItsTimeIsOverOrByForce() throws Exception {
        String later = softDeleted("later", Duration.ofHours(1));
        String now = softDeleted("now", Duration.ofNanos(1));
        Reconciler reclaim = site.cloud.context().getBeansOfType(Reconciler.class).values().stream()
                .filter(one -> one.name().equals("deleted servers to reclaim"))
                .findFirst()
                .orElseThrow();
        boolean more = true;
        while (more) {
            more = reclaim.step();
        }
        assertThat(show(now).path("OS-EXT-STS:task_state").asString()).isEqualTo("deleting");
        assertThat(show(later).path("OS-EXT-STS:task_state").isNull()).isTrue();

        assertThat(act(later, "forceDelete").status()).isEqualTo(202);
        assertThat(show(later).path("OS-EXT-STS:task_state").asString()).isEqualTo("deleting");
    }

    @Test
    void anInterfaceIsAddedToARunningServerAndTakenAway() {
        String id = customer.running("plugged");
        String path = "/servers/" + id + "/os-interface";
        Answer added = customer.post(70, path, """
                {"interfaceAttachment":{"net_id":"%s","fixed_ips":[{"ip_address":"10.9.0.77"}]}}""".formatted(customer.network()));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        JsonNode attachment = added.json().path("interfaceAttachment");
        assertThat(attachment.at("/fixed_ips/0/ip_address").asString()).isEqualTo("10.9.0.77");
        assertThat(attachment.has("tag")).isTrue();
        String port = attachment.path("port_id").asString();
        assertThat(customer.get(1, path).json().path("interfaceAttachments")).hasSize(2);
        assertThat(site.count("select count(*) from server where id = ? and generation = 2", UUID.fromString(id)))
                .isEqualTo(1);
        assertThat(customer.post(1, path, """
                {"interfaceAttachment":{"net_id":"%s","fixed_ips":[{"ip_address":"10.9.0.77"}]}}""".formatted(customer.network())).status())
                .isEqualTo(409);

        assertThat(customer.delete(1, path + "/" + port).status()).isEqualTo(202);
        assertThat(customer.delete(1, path + "/" + port).status()).isEqualTo(404);
        assertThat(customer.get(1, path).json().path("interfaceAttachments")).hasSize(1);
        assertThat(site.count("select count(*) from port where id = ?", UUID.fromString(port)))
                .isZero();
        assertThat(customer.delete(1, path + "/nonsense").status()).isEqualTo(404);
        assertThat(customer.post(1, path, """
                {"interfaceAttachment":{"net_id":"%s","port_id":"%s"}}""".formatted(customer.network(), port))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(1, path, """
                {"interfaceAttachment":{"net_id":"%s"}}""".formatted(UUID.randomUUID())).status())
                .isEqualTo(404);
    }

    private String softDeleted(String name, Duration reclaimAfter) {
        String id = customer.running(name);
        new RestorableDeletion(site.cloud.context(), reclaimAfter).delete(customer.project, id);
        assertThat(show(id).path("OS-EXT-STS:task_state").asString()).isEqualTo("soft-deleting");
        settles(id, "soft_deleted", "stopped");
        return id;
    }

    private int used() {
        return customer.get(1, "/limits")
                .json()
                .at("/limits/absolute/totalInstancesUsed")
                .asInt();
    }

    private void quota(int servers) {
        Answer set = customer.send(
                customer.operatorToken(),
                1,
                "PUT",
                "/os-quota-sets/" + customer.project,
                "{\"quota_set\":{\"force\":true,\"instances\":" + servers + "}}");
        assertThat(set.status()).isEqualTo(200);
    }

    private Answer act(String server, String action) {
        return customer.act(server, "{\"" + action + "\":null}");
    }

    private JsonNode show(String server) {
        return customer.get(1, "/servers/" + server).json().path("server");
    }

    private Answer protection(String method, String server, String body) {
        return site.cloud.send(customer.token, method, "/service/v1/servers/" + server + "/protection", body);
    }

    /** What the reconciler writes when the goal is reached. */
    private void settles(String server, String goal, String observed) {
        site.system(
                "update server set settled = ?, observed = ?, reboots_done = reboots where id = ?",
                goal,
                observed,
                UUID.fromString(server));
    }
}
