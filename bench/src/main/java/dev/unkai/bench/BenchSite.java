package dev.unkai.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running site as one of the users of its clouds.yaml sees it. */
final class BenchSite {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path data;
    private final String address;
    private final HttpClient http;
    private final String token;
    private final String project;

    private BenchSite(Path data, String address, HttpClient http, String token, String project) {
        this.data = data;
        this.project = project;
        this.address = address;
        this.http = http;
        this.token = token;
    }

    /** As the shared-plan sample customer. */
    static BenchSite of(Path data) throws IOException, GeneralSecurityException {
        return as(data, "sample-shared");
    }

    /** As the named cloud of clouds.yaml. */
    static BenchSite as(Path data, String cloud) throws IOException, GeneralSecurityException {
        JsonNode auth = JSON.valueToTree(new Yaml().<Object>load(Files.readString(data.resolve("clouds.yaml"))))
                .at("/clouds/" + cloud + "/auth");
        URI identity = URI.create(auth.path("auth_url").asString());
        String address = identity.getScheme() + "://" + identity.getAuthority();
        HttpClient http = HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("pki/ca.crt")))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        BenchSite anonymous = new BenchSite(data, address, http, "", "");
        Map<String, Object> user = Map.of(
                "name", auth.path("username").asString(),
                "domain", Map.of("name", auth.path("user_domain_name").asString()),
                "password", auth.path("password").asString());
        Map<String, Object> project = Map.of(
                "name",
                auth.path("project_name").asString(),
                "domain",
                Map.of("name", auth.path("project_domain_name").asString()));
        HttpResponse<String> answer = anonymous.send(
                "POST",
                "/identity/v3/auth/tokens",
                Map.of(
                        "auth",
                        Map.of(
                                "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                                "scope", Map.of("project", project))));
        return new BenchSite(
                data,
                address,
                http,
                answer.headers().firstValue("X-Subject-Token").orElseThrow(),
                JSON.readTree(answer.body()).at("/token/project/id").asString());
    }

    Path data() {
        return data;
    }

    String address() {
        return address;
    }

    /** Id of the project that the log-in is for. */
    String project() {
        return project;
    }

    String token() {
        return token;
    }

    HttpResponse<String> send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        try {
            return answer(request.build());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer that is read while it comes. */
    HttpResponse<InputStream> stream(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("X-Auth-Token", token)
                            .build(),
                    BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            if (!request.method().equals("GET")) {
                throw e;
            }
            return http.send(request, BodyHandlers.ofString()); // the server may close a connection as it is used again
        }
    }

    /** The body of an answer that must be a success. */
    JsonNode expect(String method, String path, @Nullable Object body) {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    }

    JsonNode get(String path) {
        return JSON.readTree(send("GET", path, null).body());
    }

    /** Follows the pages of a list; the number of its items. */
    int count(String path, String list) {
        int count = 0;
        String next = path;
        while (next != null) {
            JsonNode page = expect("GET", next, null);
            count += page.path(list).size();
            next = null;
            for (JsonNode link : page.path(list + "_links")) {
                if (link.path("rel").asString().equals("next")) {
                    next = link.path("href").asString().substring(address.length());
                }
            }
        }
        return count;
    }

    /** The id of the item of that name. */
    String id(String path, String list, String name) {
        for (JsonNode item : get(path).path(list)) {
            if (item.path("name").asString().equals(name)) {
                return item.path("id").asString();
            }
        }
        throw new IllegalStateException("There is no " + name + " in " + path);
    }

    String tinyImage() {
        return id("/image/v2/images?name=unkai-tiny", "images", "unkai-tiny");
    }

    String smallestFlavor() {
        return id("/compute/v2.1/flavors", "flavors", "u1.nano");
    }

    /** A new network with a subnet of this range; its id. */
    String network(String name, String cidr) {
        String id = expect("POST", "/network/v2.0/networks", Map.of("network", Map.of("name", name)))
                .at("/network/id")
                .asString();
        expect(
                "POST",
                "/network/v2.0/subnets",
                Map.of("subnet", Map.of("network_id", id, "cidr", cidr, "ip_version", 4)));
        return id;
    }

    /** Lets this site's project have as much as any bench wants; asked as the operator. */
    void raiseQuotas(String ofProject) {
        expect(
                "PUT",
                "/compute/v2.1/os-quota-sets/" + ofProject,
                Map.of("quota_set", Map.of("instances", 100_000, "cores", 1_000_000, "ram", 1_000_000_000)));
        expect("PUT", "/network/v2.0/quotas/" + ofProject, Map.of("quota", Map.of("port", 200_000)));
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
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
        }
    }
}
