package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's program: logs in once and speaks the OpenStack-compatible APIs over TLS. */
final class Api {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Site site;
    private final String address;
    private final String cloud;
    private final HttpClient http;
    private String token = "";

    private Api(Site site, String cloud, String address) {
        this.site = site;
        this.address = address;
        this.cloud = cloud;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(site.data().resolve("pki/ca.crt")))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static Api as(Site site, String cloud) {
        return at(site, cloud, site.address());
    }

    /** Somebody without an account. */
    static Api stranger(Site site) {
        return new Api(site, "", site.address());
    }

    /** By way of one certain process of several. */
    static Api at(Site site, String cloud, String address) {
        Api api = new Api(site, cloud, address);
        api.logIn();
        return api;
    }

    /** One answer of an API. */
    record Answer(int status, JsonNode body, String text, java.net.http.HttpHeaders headers) {
        JsonNode expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return body;
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, String> credentials() {
        return (Map<String, String>) site.cloud(cloud).get("auth");
    }

    void logIn() {
        Answer answer = logIn(credentials().get("password"));
        answer.expect(201);
        token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
    }

    Answer logIn(String password) {
        Map<String, String> auth = credentials();
        Map<String, Object> user = Map.of(
                "name", auth.get("username"),
                "domain", Map.of("name", auth.get("user_domain_name")),
                "password", password);
        Map<String, Object> project =
                Map.of("name", auth.get("project_name"), "domain", Map.of("name", auth.get("project_domain_name")));
        return send(
                "POST",
                "/identity/v3/auth/tokens",
                Map.of(
                        "auth",
                        Map.of(
                                "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                                "scope", Map.of("project", project))));
    }

    String token() {
        return token;
    }

    void useToken(String other) {
        token = other;
    }

    /** Takes another token back with this one. */
    Answer revoke(String other) {
        return send("DELETE", "/identity/v3/auth/tokens", null, Map.of("X-Subject-Token", other));
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, Object body) {
        return send(method, path, body, Map.of());
    }

    Answer send(String method, String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("OpenStack-API-Version", "compute 2.79")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(
                                        body instanceof String text ? text : JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = answer.body();
            boolean lines = answer.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/jsonl"))
                    .isPresent();
            boolean json = !lines && (text.startsWith("{") || text.startsWith("["));
            return new Answer(
                    answer.statusCode(), json ? JSON.readTree(text) : JSON.nullNode(), text, answer.headers());
        } catch (IOException e) {
            return new Answer(0, JSON.nullNode(), e.toString(), java.net.http.HttpHeaders.of(Map.of(), (a, b) -> true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- what the tests make again and again

    static String unique(String prefix) {
        return prefix + "-" + Ids.random().nextHex().substring(0, 8);
    }

    /** A network with one IPv4 subnet. */
    record Network(String id, String subnetId) {}

    Network network(String name, String cidr) {
        String id = post("/network/v2.0/networks", Map.of("network", Map.of("name", name)))
                .expect(201)
                .at("/network/id")
                .asString();
        String subnet = post(
                        "/network/v2.0/subnets",
                        Map.of("subnet", Map.of("network_id", id, "cidr", cidr, "ip_version", 4, "name", name)))
                .expect(201)
                .at("/subnet/id")
                .asString();
        return new Network(id, subnet);
    }

    /** A router between the network and the outside; answers its id. */
    String routerToOutside(Network network) {
        String router = post(
                        "/network/v2.0/routers",
                        Map.of(
                                "router",
                                Map.of(
                                        "name",
                                        unique("router"),
                                        "external_gateway_info",
                                        Map.of("network_id", publicNetwork()))))
                .expect(201)
                .at("/router/id")
                .asString();
        put("/network/v2.0/routers/" + router + "/add_router_interface", Map.of("subnet_id", network.subnetId()))
                .expect(200);
        return router;
    }

    String publicNetwork() {
        return get("/network/v2.0/networks?router:external=true")
                .expect(200)
                .at("/networks/0/id")
                .asString();
    }

    String image(String name) {
        return get("/image/v2/images?name=" + name)
                .expect(200)
                .at("/images/0/id")
                .asString();
    }

    String flavor(String name) {
        for (JsonNode flavor : get("/compute/v2.1/flavors").expect(200).at("/flavors")) {
            if (flavor.path("name").asString().equals(name)) {
                return flavor.path("id").asString();
            }
        }
        throw new AssertionError("No flavor " + name);
    }

    String securityGroup(String name) {
        return post("/network/v2.0/security-groups", Map.of("security_group", Map.of("name", name)))
                .expect(201)
                .at("/security_group/id")
                .asString();
    }

    /** Lets a protocol in from everywhere; answers the rule's id. */
    String allow(String group, String protocol, int port) {
        Map<String, Object> rule = new java.util.HashMap<>(
                Map.of("security_group_id", group, "direction", "ingress", "ethertype", "IPv4", "protocol", protocol));
        if (port > 0) {
            rule.put("port_range_min", port);
            rule.put("port_range_max", port);
        }
        return post("/network/v2.0/security-group-rules", Map.of("security_group_rule", rule))
                .expect(201)
                .at("/security_group_rule/id")
                .asString();
    }

    /** A port with a chosen address; answers its id. */
    String port(Network network, String address, String... securityGroups) {
        Map<String, Object> port = new java.util.HashMap<>(Map.of(
                "network_id", network.id(),
                "fixed_ips", List.of(Map.of("subnet_id", network.subnetId(), "ip_address", address))));
        if (securityGroups.length > 0) {
            port.put("security_groups", List.of(securityGroups));
        }
        return post("/network/v2.0/ports", Map.of("port", port))
                .expect(201)
                .at("/port/id")
                .asString();
    }

    /** A floating address on the port; answers the address. */
    String floatingAddress(String port) {
        return post(
                        "/network/v2.0/floatingips",
                        Map.of("floatingip", Map.of("floating_network_id", publicNetwork(), "port_id", port)))
                .expect(201)
                .at("/floatingip/floating_ip_address")
                .asString();
    }

    void keypair(String name, String publicKey) {
        post("/compute/v2.1/os-keypairs", Map.of("keypair", Map.of("name", name, "public_key", publicKey)))
                .expect(200 + 1);
    }

    /** Asks for a tiny server on these ports; answers its id at once. */
    String server(String name, String key, List<String> ports) {
        return server(name, key, ports, Map.of());
    }

    /** The same with further fields of the request. */
    String server(String name, String key, List<String> ports, Map<String, Object> more) {
        List<Map<String, String>> networks = new ArrayList<>();
        ports.forEach(port -> networks.add(Map.of("port", port)));
        Map<String, Object> server = new java.util.HashMap<>(Map.of(
                "name",
                name,
                "imageRef",
                image("unkai-tiny"),
                "flavorRef",
                flavor("u1.nano"),
                "networks",
                ports.isEmpty() ? "none" : networks));
        if (key != null) {
            server.put("key_name", key);
        }
        server.putAll(more);
        return post("/compute/v2.1/servers", Map.of("server", server))
                .expect(202)
                .at("/server/id")
                .asString();
    }

    String status(String server) {
        Answer answer = get("/compute/v2.1/servers/" + server);
        return answer.status() == 404
                ? "GONE"
                : answer.body().at("/server/status").asString("?" + answer.status());
    }

    void awaitStatus(String server, String wanted) {
        await("server " + server + " is " + wanted)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(status(server))
                        .as(() -> get("/compute/v2.1/servers/" + server).text())
                        .isEqualTo(wanted));
    }

    void act(String server, String action) {
        act(server, action, null);
    }

    void act(String server, String action, Object body) {
        Map<String, Object> request = new java.util.HashMap<>();
        request.put(action, body);
        get("/compute/v2.1/servers/" + server).expect(200);
        post("/compute/v2.1/servers/" + server + "/action", JSON.writeValueAsString(request))
                .expect(202);
    }
}
