package dev.unkai.cloud.compute.api;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The cloud process over real HTTP and a real database for all compute tests, with its reconcilers at rest: what hosts
 * would report is written by the tests.
 */
final class ComputeSite {
    private static final ComputeSite SHARED = new ComputeSite();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final RunningCloud cloud;
    final Transactions transactions;

    private ComputeSite() {
        cloud = RunningCloud.start();
        cloud.context().getBean("reconcilers", SmartLifecycle.class).stop();
        transactions = cloud.context().getBean(Transactions.class);
    }

    static ComputeSite shared() {
        return SHARED;
    }

    /** A customer with a project, a network and an image of its own. */
    Customer customer() {
        return new Customer(this, "project-" + NUMBER.incrementAndGet());
    }

    /** Runs a statement as the reconcilers would. */
    void system(String sql, Object... parameters) {
        transactions.doAsSystem(db -> db.sql(sql).params(parameters).update());
    }

    int count(String sql, Object... parameters) {
        return transactions.asSystem(db -> {
            StatementSpec statement = db.sql(sql).params(parameters);
            return statement.query(Integer.class).single();
        });
    }

    /** What the reconciler writes when a host reports the guest as running. */
    void runs(String server) {
        system(
                """
                update server set observed = 'running', observed_at = now(), host_id = ?, host_name = 'host-1',
                       availability_zone = 'nova', launched_at = coalesce(launched_at, now()), build_step = null,
                       reboots_done = reboots, fault_message = null where id = ?
                """,
                UUID.nameUUIDFromBytes("host-1".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                UUID.fromString(server));
    }

    void stops(String server) {
        system("update server set observed = 'stopped', observed_at = now() where id = ?", UUID.fromString(server));
    }

    void gone(String server) {
        system("update server set terminated_at = now(), updated_at = now() where id = ?", UUID.fromString(server));
    }

    /** Speaks the Compute API in one project. */
    static final class Customer {
        final String project;
        final String token;
        private final ComputeSite site;
        private String image = "";
        private String network = "";

        private Customer(ComputeSite site, String project) {
            this.site = site;
            this.project = project;
            this.token = site.cloud.token(project, "member", "reader");
        }

        String operatorToken() {
            return site.cloud.token(project, "admin", "manager", "member", "reader");
        }

        Answer get(int minor, String path) {
            return send(token, minor, "GET", path, null);
        }

        Answer post(int minor, String path, String body) {
            return send(token, minor, "POST", path, body);
        }

        Answer put(int minor, String path, String body) {
            return send(token, minor, "PUT", path, body);
        }

        Answer delete(int minor, String path) {
            return send(token, minor, "DELETE", path, null);
        }

        Answer send(String bearer, int minor, String method, String path, String body) {
            Map<String, String> headers = new HashMap<>();
            headers.put("OpenStack-API-Version", "compute 2." + minor);
            return site.cloud.send(bearer, method, "/compute/v2.1" + path, body, headers);
        }

        Answer act(String server, String action) {
            return post(1, "/servers/" + server + "/action", action);
        }

        /** An active image, made by the Image API. */
        String image() {
            if (image.isEmpty()) {
                image = site.cloud
                        .send(token, "POST", "/image/v2/images", """
                                {"name":"an image","disk_format":"raw","container_format":"bare","visibility":"private"}""")
                        .json()
                        .path("id")
                        .asString();
                Answer upload = site.cloud.send(
                        token,
                        "PUT",
                        "/image/v2/images/" + image + "/file",
                        "x".repeat(512),
                        Map.of("Content-Type", "application/octet-stream"));
                if (upload.status() != 204) {
                    throw new IllegalStateException(upload.toString());
                }
            }
            return image;
        }

        /** A network with a subnet, made by the Network API. */
        String network() {
            if (network.isEmpty()) {
                network = site.cloud
                        .send(token, "POST", "/network/v2.0/networks", "{\"network\":{\"name\":\"net-a\"}}")
                        .json()
                        .at("/network/id")
                        .asString();
                site.cloud.send(token, "POST", "/network/v2.0/subnets", """
                        {"subnet":{"network_id":"%s","cidr":"10.9.0.0/24","ip_version":4}}""".formatted(network));
            }
            return network;
        }

        String body(String name, String more) {
            return """
                    {"server":{"name":"%s","imageRef":"%s","flavorRef":"u1.nano","networks":[{"uuid":"%s"}]%s}}""".formatted(name, image(), network(), more);
        }

        /** A server that is still to be built. */
        String server(String name) {
            Answer made = post(1, "/servers", body(name, ""));
            if (made.status() != 202) {
                throw new IllegalStateException(made.toString());
            }
            return made.json().at("/server/id").asString();
        }

        String running(String name) {
            String id = server(name);
            site.runs(id);
            return id;
        }

        String status(String server) {
            return get(1, "/servers/" + server).json().at("/server/status").asString();
        }
    }
}
