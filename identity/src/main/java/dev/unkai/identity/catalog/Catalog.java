package dev.unkai.identity.catalog;

import dev.unkai.identity.IdentitySettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Which services there are and where: the same for every project, known from the configuration. */
@Component
public final class Catalog {
    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    private final List<Service> services;
    private final String region;

    public Catalog(IdentitySettings settings) {
        this.region = settings.region();
        String root = settings.publicUrl().toString();
        // The names are the reference's: some clients, such as libcloud, find a service by its name.
        this.services = List.of(
                service("identity", "keystone", "Accounts, roles and tokens", root + "/identity/v3"),
                service("compute", "nova", "Virtual machines", root + "/compute/v2.1"),
                service("network", "neutron", "Virtual networks", root + "/network"),
                service("image", "glance", "Disk images", root + "/image"),
                service("placement", "placement", "Hosts' capacity", root + "/placement"));
    }

    /** A service as clients know it by its type. */
    public record Service(String id, String type, String name, String description, List<Endpoint> endpoints) {
        public Service {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** One address of a service. */
    public record Endpoint(String id, String serviceId, String face, String region, String url) {}

    public List<Service> services() {
        return services;
    }

    public String region() {
        return region;
    }

    private Service service(String type, String name, String description, String url) {
        String id = id("service " + type);
        return new Service(
                id,
                type,
                name,
                description,
                INTERFACES.stream()
                        .map(face -> new Endpoint(id("endpoint " + type + " " + face), id, face, region, url))
                        .toList());
    }

    /** Ids that stay the same over restarts and processes. */
    private static String id(String what) {
        return UUID.nameUUIDFromBytes(("unkai " + what).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
