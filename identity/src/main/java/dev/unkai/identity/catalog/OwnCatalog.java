package dev.unkai.identity.catalog;

import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.CatalogStore.Service;
import dev.unkai.identity.catalog.RegionStore.Region;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** This site's own services and where they are: written from the configuration at every start, never by a request. */
@Component
public final class OwnCatalog {
    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    private final CatalogStore catalog;
    private final RegionStore regions;
    private final String region;
    private final String root;

    public OwnCatalog(CatalogStore catalog, RegionStore regions, IdentitySettings settings) {
        this.catalog = catalog;
        this.regions = regions;
        this.region = settings.region();
        this.root = settings.publicUrl().toString();
    }

    /** Brings the rows in line with the configuration. A region of an earlier configuration becomes an ordinary one. */
    public void write(Db db) {
        db.sql("update region set own = false where own and id <> ?")
                .param(region)
                .update();
        Region present = regions.byId(db, region).orElse(new Region(region, "", null, true, Extra.NONE));
        regions.put(db, new Region(region, present.description(), present.parentId(), true, present.extra()));
        // The names are the reference's: some clients, such as libcloud, find a service by its name.
        write(db, "identity", "keystone", "Accounts, roles and tokens", "/identity/v3");
        write(db, "compute", "nova", "Virtual machines", "/compute/v2.1");
        write(db, "network", "neutron", "Virtual networks", "/network");
        write(db, "image", "glance", "Disk images", "/image");
        write(db, "placement", "placement", "Hosts' capacity", "/placement");
    }

    private void write(Db db, String type, String name, String description, String path) {
        String id = id("service " + type);
        catalog.put(db, new Service(id, type, name, description, true, true, Extra.NONE));
        for (String face : INTERFACES) {
            catalog.put(
                    db,
                    new Endpoint(
                            id("endpoint " + type + " " + face),
                            id,
                            region,
                            face,
                            root + path,
                            true,
                            true,
                            Extra.NONE));
        }
    }

    /** Ids that stay the same over restarts and processes. */
    private static String id(String what) {
        return UUID.nameUUIDFromBytes(("unkai " + what).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
