package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A customer's first minutes: with the unmodified openstack client, and in the browser. */
@ExtendWith(RunningSite.class)
class FirstServerTest {
    @Test
    void theOpenstackClientMakesAServerThatItsOwnerCanLogInTo(Site site) {
        String cloud = "sample-shared";
        String name = Api.unique("cli");
        Path key = Guest.newKey();
        site.openstack(cloud, "keypair", "create", "--public-key", key + ".pub", name)
                .succeeded();
        site.openstack(cloud, "network", "create", name).succeeded();
        site.openstack(cloud, "subnet", "create", "--network", name, "--subnet-range", "192.168.40.0/24", name)
                .succeeded();
        site.openstack(cloud, "router", "create", "--external-gateway", "public", name)
                .succeeded();
        site.openstack(cloud, "router", "add", "subnet", name, name).succeeded();
        site.openstack(cloud, "security", "group", "create", name).succeeded();
        site.openstack(cloud, "security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", "22", name)
                .succeeded();

        site.openstack(
                        cloud,
                        "server",
                        "create",
                        "--wait",
                        "--image",
                        "unkai-tiny",
                        "--flavor",
                        "u1.nano",
                        "--network",
                        name,
                        "--security-group",
                        name,
                        "--key-name",
                        name,
                        name)
                .succeeded();
        JsonNode floating = Api.JSON.readTree(site.openstack(cloud, "floating", "ip", "create", "-f", "json", "public")
                .succeeded());
        String address = floating.path("floating_ip_address").asString();
        site.openstack(cloud, "server", "add", "floating", "ip", name, address).succeeded();

        Guest guest = new Guest(address, key, "root").awaitLogin();
        assertThat(guest.run("hostname").succeeded().strip()).isEqualTo(name);
        assertThat(site.openstack(cloud, "server", "list", "-f", "value", "-c", "Name", "-c", "Status")
                        .succeeded())
                .contains(name + " ACTIVE");
        assertThat(site.openstack(cloud, "console", "log", "show", name).succeeded())
                .contains("unkai-tiny ready: hostname=" + name);
        assertThat(site.openstack(cloud, "console", "url", "show", name).succeeded())
                .contains("https://");
        site.openstack(cloud, "server", "stop", name).succeeded();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> serverStatus(site, cloud, name).equals("SHUTOFF"));
        site.openstack(cloud, "server", "start", name).succeeded();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> serverStatus(site, cloud, name).equals("ACTIVE"));
        site.openstack(cloud, "server", "reboot", "--hard", "--wait", name).succeeded();
        site.openstack(cloud, "server", "delete", "--wait", name).succeeded();
        site.openstack(cloud, "floating", "ip", "delete", address).succeeded();
        site.openstack(cloud, "router", "remove", "subnet", name, name).succeeded();
        site.openstack(cloud, "router", "delete", name).succeeded();
        site.openstack(cloud, "network", "delete", name).succeeded();
        site.openstack(cloud, "security", "group", "delete", name).succeeded();
        site.openstack(cloud, "keypair", "delete", name).succeeded();
    }

    private static String serverStatus(Site site, String cloud, String name) {
        return site.openstack(cloud, "server", "show", name, "-f", "value", "-c", "status")
                .succeeded()
                .strip();
    }

    @Test
    void theConsoleTakesACustomerFromLogInToARunningServerAndBack(Site site) throws Exception {
        Api api = Api.as(site, "sample-dedicated");
        Map<String, String> login = api.credentials();
        Path pictures = Files.createTempDirectory("unkai-pictures");

        Command script = Command.run(
                Duration.ofMinutes(8),
                Map.of(
                        "UNKAI_URL", site.address(),
                        "UNKAI_DOMAIN", login.get("user_domain_name"),
                        "UNKAI_USER", login.get("username"),
                        "UNKAI_PASSWORD", login.get("password"),
                        "OUT", pictures.toString(),
                        "OS_CLOUD", "sample-dedicated",
                        "OS_CLIENT_CONFIG_FILE", site.clientConfig().toString()),
                Site.REPOSITORY.resolve("console"),
                "node",
                "e2e/first-server.mjs");

        script.succeeded();
        try (var files = Files.list(pictures)) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void theCommandsThatTheConsoleShowsDoByTheClientWhatTheyDoByCurl(Site site) {
        String authority = site.data().resolve("pki/ca.crt").toString();

        Command.run(
                        Duration.ofMinutes(4),
                        Map.of(
                                "UNKAI_URL",
                                site.address(),
                                "OS_CLOUD",
                                "sample-dedicated",
                                "OS_CLIENT_CONFIG_FILE",
                                site.data().resolve("clouds.yaml").toString(),
                                "CURL_CA_BUNDLE",
                                authority,
                                "NODE_EXTRA_CA_CERTS",
                                authority,
                                "NO_COLOR",
                                "1"),
                        Site.REPOSITORY.resolve("console"),
                        "npx",
                        "vitest",
                        "run",
                        "--config",
                        "test/live/vitest.config.ts")
                .succeeded();
    }

    @Test
    void aPasskeyIsMadeUsedAtTheLogInAndRemovedInTheBrowser(Site site) throws Exception {
        Api master = Api.as(site, "sample-dedicated");
        String contract = master.credentials().get("user_domain_name");
        String user = Api.unique("kei");
        String password = "seven unlikely gnomes " + Api.unique("pw");
        JsonNode own = master.get("/service/v1/session").expect(200);
        String id = master.post("/identity/v3/users", Map.of("user", Map.of("name", user, "password", password)))
                .expect(201)
                .at("/user/id")
                .asString();
        String reader = master.get("/identity/v3/roles?name=reader")
                .expect(200)
                .at("/roles/0/id")
                .asString();
        String role = "/identity/v3/projects/" + own.at("/project/id").asString() + "/users/" + id + "/roles/" + reader;
        master.put(role, null).expect(204);
        Path pictures = Files.createTempDirectory("unkai-pictures");

        Command.run(
                        Duration.ofMinutes(2),
                        // The name that a site on its own loopback address has: passkeys are for names.
                        Map.of(
                                "UNKAI_URL", site.address().replace("127.0.0.1", "localhost"),
                                "UNKAI_DOMAIN", contract,
                                "UNKAI_USER", user,
                                "UNKAI_PASSWORD", password,
                                "OUT", pictures.toString()),
                        Site.REPOSITORY.resolve("console"),
                        "node",
                        "e2e/passkey.mjs")
                .succeeded();
    }

    @Test
    void aNewCustomerComesFromApplicationToTheFirstServerInTheBrowser(Site site) throws Exception {
        Map<String, String> settings = new HashMap<>(walk(site));
        settings.put("LANGUAGES", "ja");

        inBrowser(settings, "contract.mjs").succeeded();
    }

    @Test
    void aUserComesToAContractAndLeavesItInTheBrowser(Site site) throws Exception {
        Map<String, String> master = Api.as(site, "sample-shared").credentials();
        Map<String, String> settings = new HashMap<>(walk(site));
        settings.put("UNKAI_DOMAIN", master.get("user_domain_name"));
        settings.put("UNKAI_USER", master.get("username"));
        settings.put("UNKAI_USER_PASSWORD", master.get("password"));

        inBrowser(settings, "leaving.mjs").succeeded();
    }

    @Test
    void theProviderLooksAfterAContractsUsersInTheBrowser(Site site) throws Exception {
        Map<String, String> settings = new HashMap<>(walk(site));
        settings.put(
                "UNKAI_DOMAIN", Api.as(site, "sample-dedicated").credentials().get("user_domain_name"));
        settings.put("LANGUAGES", "en");

        inBrowser(settings, "leaving.mjs").succeeded();
    }

    private static Map<String, String> walk(Site site) throws Exception {
        return Map.of(
                "UNKAI_URL",
                site.address(),
                "UNKAI_PASSWORD",
                Api.as(site, "operator").credentials().get("password"),
                "OUT",
                Files.createTempDirectory("unkai-pictures").toString());
    }

    private static Command inBrowser(Map<String, String> settings, String script) throws Exception {
        return Command.run(
                Duration.ofMinutes(4), settings, Site.REPOSITORY.resolve("console"), "node", "e2e/" + script);
    }
}
