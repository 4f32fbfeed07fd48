package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that people already have, unmodified: each makes a key, a network, a security group and a server, waits for it,
 * stops and starts it and deletes everything. They wait for guests most of the time, so all of them run at once; each
 * test tells of its own. The openstack command line client has its day in {@link FirstServerTest}.
 */
@ExtendWith(RunningSite.class)
class ClientsTest {
    private static final Path SCRIPTS = Site.REPOSITORY.resolve("rack/src/test/resources/clients");
    private static final Path LIBRARIES = Site.REPOSITORY.resolve("rack/target/clients");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String CLOUD = "sample-shared";
    private static final Map<String, CompletableFuture<Command>> RUNS = new ConcurrentHashMap<>();

    @Test
    void openstacksdkTakesAServerThroughItsLife(Site site) {
        assertDone(site, "openstacksdk");
    }

    @Test
    void libcloudTakesAServerThroughItsLife(Site site) {
        assertDone(site, "libcloud");
    }

    @Test
    void ansibleTakesAServerThroughItsLife(Site site) {
        assertThat(run(site, "ansible").succeeded()).contains("failed=0");
    }

    @Test
    void openstack4jTakesAServerThroughItsLife(Site site) {
        assertDone(site, "openstack4j");
    }

    @Test
    void jcloudsTakesAServerThroughItsLife(Site site) {
        assertDone(site, "jclouds");
    }

    private static void assertDone(Site site, String client) {
        assertThat(run(site, client).succeeded()).endsWith("done\n");
    }

    private static synchronized Command run(Site site, String client) {
        if (RUNS.isEmpty()) {
            Map<String, String> environment = environment(site);
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            for (String each : List.of("openstacksdk", "libcloud", "ansible", "openstack4j", "jclouds")) {
                RUNS.put(each, CompletableFuture.supplyAsync(() -> start(site, each, environment), executor));
            }
        }
        return RUNS.get(client).join();
    }

    private static Command start(Site site, String client, Map<String, String> environment) {
        String name = Api.unique(client);
        return switch (client) {
            case "ansible" -> ansible(environment, name);
            case "openstack4j", "jclouds" -> java(site, client, environment, name);
            default ->
                Command.run(
                        LIMIT, environment, SCRIPTS.resolve(client + "_life.py").toString(), name);
        };
    }

    private static Map<String, String> environment(Site site) {
        Api api = Api.as(site, CLOUD);
        Map<String, String> login = api.credentials();
        String domain = api.get("/identity/v3/auth/projects")
                .expect(200)
                .at("/projects/0/domain_id")
                .asString();
        Map<String, Object> cloud = site.cloud(CLOUD);
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "OS_CLIENT_CONFIG_FILE", site.data().resolve("clouds.yaml").toString());
        environment.put("OS_CLOUD", CLOUD);
        environment.put("UNKAI_AUTH_URL", login.get("auth_url"));
        environment.put("UNKAI_USER", login.get("username"));
        environment.put("UNKAI_PASSWORD", login.get("password"));
        environment.put("UNKAI_PROJECT", login.get("project_name"));
        environment.put("UNKAI_DOMAIN", login.get("user_domain_name"));
        environment.put("UNKAI_DOMAIN_ID", domain);
        environment.put("UNKAI_REGION", String.valueOf(cloud.get("region_name")));
        environment.put("UNKAI_CA", String.valueOf(cloud.get("cacert")));
        return environment;
    }

    private static Command ansible(Map<String, String> environment, String name) {
        Path folder = SCRIPTS.resolve("ansible");
        Path sdk = LIBRARIES.resolve("ansible");
        Command.run(LIMIT, Map.of(), folder.resolve("fetch-sdk.sh").toString(), sdk.toString())
                .succeeded();
        Map<String, String> own = new HashMap<>(environment);
        own.put("PYTHONPATH", folder + ":" + sdk.resolve("usr/lib/python3/dist-packages"));
        own.put("ANSIBLE_NOCOLOR", "1");
        return Command.run(
                LIMIT,
                own,
                "ansible-playbook",
                "-i",
                "localhost,",
                "-e",
                "life=" + name,
                "-e",
                "ansible_python_interpreter=/usr/bin/python3",
                folder.resolve("life.yml").toString());
    }

    /** Each on a classpath of its own, so that its libraries do not meet the product's. */
    private static Command java(Site site, String client, Map<String, String> environment, String name) {
        Path libraries = LIBRARIES.resolve(client);
        Path trust = trust(site, libraries);
        Command.run(
                        LIMIT,
                        Map.of(),
                        "mvn",
                        "--batch-mode",
                        "--quiet",
                        "--file",
                        SCRIPTS.resolve(client).resolve("pom.xml").toString(),
                        "dependency:copy-dependencies",
                        "-DoutputDirectory=" + libraries)
                .succeeded();
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-Djavax.net.ssl.trustStore=" + trust,
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                libraries + "/*",
                SCRIPTS.resolve(client).resolve("Life.java").toString(),
                name));
        return Command.run(LIMIT, environment, words.toArray(String[]::new));
    }

    private static Path trust(Site site, Path folder) {
        try {
            Files.createDirectories(folder);
            Path trust = folder.resolve("trust.p12");
            Files.deleteIfExists(trust);
            Command.run(
                            Duration.ofMinutes(1),
                            Map.of(),
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-importcert",
                            "-noprompt",
                            "-alias",
                            "ca",
                            "-file",
                            site.data().resolve("pki/ca.crt").toString(),
                            "-keystore",
                            trust.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit")
                    .succeeded();
            return trust;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
