package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server is not begun anew elsewhere while its host may still run it. */
class EvacuateTest {
    private static final UUID HOST = UUID.nameUUIDFromBytes("host-1".getBytes(StandardCharsets.UTF_8));
    private final ComputeSite site = ComputeSite.shared();
    private final ComputeSite.Customer customer = site.customer();

    @AfterEach
    void removeHost() {
        site.system("delete from host where id = ?", HOST);
    }

    @Test
    void aServerOfAHostThatAnswersStays() {
        host("up");
        assertRefused(
                14, customer.running("there"), "{\"evacuate\":{}}", 400, "Compute service of host-1 is still in use.");
    }

    @Test
    void aServerOfASilentHostStaysTooSinceTheHostMayOnlyBeCutOff() {
        host("unknown");
        String server = customer.running("cut-off");
        Answer answer = assertRefused(89, server, "{\"evacuate\":{}}", 409, "is not known to be off");
        assertThat(answer.json().has("conflictingRequest")).isTrue();
        assertThat(customer.status(server)).isEqualTo("ACTIVE");
    }

    @Test
    void theRequestIsReadAsItsMicroversionHasIt() {
        host("unknown");
        String server = customer.running("read");
        assertRefused(13, server, "{\"evacuate\":{}}", 400, "onSharedStorage");
        assertRefused(
                13, server, "{\"evacuate\":{\"onSharedStorage\":true,\"adminPass\":\"x\"}}", 400, "existing disk");
        assertRefused(14, server, "{\"evacuate\":{\"onSharedStorage\":true}}", 400, "onSharedStorage");
        assertRefused(29, server, "{\"evacuate\":{\"force\":true}}", 400, "non-provided destination");
        assertRefused(68, server, "{\"evacuate\":{\"force\":false}}", 400, "force");
        assertRefused(14, server, "{\"evacuate\":{\"host\":\"nowhere\"}}", 404, "nowhere not found");
        assertRefused(14, server, "{\"evacuate\":{\"host\":\"host-1\"}}", 400, "same one");
    }

    @Test
    void onlyTheProviderMayAsk() {
        String server = customer.running("mine");
        String path = "/servers/" + server + "/action";
        assertThat(customer.post(14, path, "{\"evacuate\":{}}").status()).isEqualTo(403);
        assertThat(site.customer().post(14, path, "{\"evacuate\":{}}").status()).isEqualTo(404);
    }

    private Answer assertRefused(int minor, String server, String body, int status, String words) {
        Answer answer = customer.send(customer.operatorToken(), minor, "POST", "/servers/" + server + "/action", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(words);
        return answer;
    }

    private void host(String state) {
        site.system("""
                insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)
                values (?, 'host-1', 'nova', ?, '{}', 1, 1, 1, false)""", HOST, state);
    }
}
