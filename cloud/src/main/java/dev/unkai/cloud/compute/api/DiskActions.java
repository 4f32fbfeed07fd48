package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.AdminPassword;
import dev.unkai.cloud.compute.ServerImaging;
import dev.unkai.cloud.compute.ServerMoving;
import dev.unkai.cloud.compute.ServerRebuilding;
import dev.unkai.cloud.compute.ServerRebuilding.Given;
import dev.unkai.cloud.compute.ServerResizing;
import dev.unkai.cloud.compute.ServerShelving;
import dev.unkai.cloud.compute.Servers;
import dev.unkai.cloud.compute.ShownServer;
import dev.unkai.cloud.hosts.Captures.Backup;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The server actions that change or move disks: resize, rebuild, images, shelving, migration. */
@Component
class DiskActions {
    private static final Set<String> NAMES = Set.of(
            "resize",
            "confirmResize",
            "revertResize",
            "rebuild",
            "createImage",
            "createBackup",
            "shelve",
            "shelveOffload",
            "unshelve",
            "migrate",
            "os-migrateLive");

    private final ServerResizing resizing;
    private final ServerRebuilding rebuilding;
    private final ServerImaging imaging;
    private final ServerShelving shelving;
    private final ServerMoving moving;
    private final ServerView view;
    private final Links links;

    DiskActions(
            ServerResizing resizing,
            ServerRebuilding rebuilding,
            ServerImaging imaging,
            ServerShelving shelving,
            ServerMoving moving,
            ServerView view,
            Links links) {
        this.resizing = resizing;
        this.rebuilding = rebuilding;
        this.imaging = imaging;
        this.shelving = shelving;
        this.moving = moving;
        this.view = view;
        this.links = links;
    }

    boolean knows(String name) {
        return NAMES.contains(name);
    }

    ResponseEntity<Object> act(Caller caller, Microversion version, UUID id, String name, Fields action) {
        return switch (name) {
            case "resize" -> resize(caller, id, action.object(name));
            case "confirmResize" -> {
                resizing.confirm(caller, id);
                yield ResponseEntity.noContent().build();
            }
            case "revertResize" -> {
                resizing.revert(caller, id);
                yield accepted();
            }
            case "rebuild" -> rebuild(caller, version, id, action.object(name));
            case "createImage" -> createImage(caller, version, id, action.object(name));
            case "createBackup" -> createBackup(caller, version, id, action.object(name));
            case "shelve" -> {
                shelving.shelve(caller, id);
                yield accepted();
            }
            case "shelveOffload" -> {
                providerOnly(caller, "take servers off their hosts");
                shelving.offload(caller, id);
                yield accepted();
            }
            case "unshelve" -> unshelve(caller, version, id, action);
            case "migrate" -> migrate(caller, version, id, action);
            case "os-migrateLive" -> migrateLive(caller, version, id, action.object(name));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ResponseEntity<Object> accepted() {
        return ResponseEntity.status(HttpStatus.ACCEPTED).build();
    }

    private static void providerOnly(Caller caller, String what) {
        if (!caller.isAdmin()) {
            throw ComputeErrors.adminOnly(what);
        }
    }

    private ResponseEntity<Object> resize(Caller caller, UUID id, Fields resize) {
        JsonNode ref = resize.raw("flavorRef");
        String flavor =
                ref != null && ref.isIntegralNumber() ? ref.asString() : resize.text("flavorRef", Text.FLAVOR_REF);
        String diskConfig = resize.oneOf("OS-DCF:diskConfig", "AUTO", "MANUAL");
        resize.end();
        resizing.resize(caller, id, flavor, diskConfig);
        return accepted();
    }

    private ResponseEntity<Object> migrate(Caller caller, Microversion version, UUID id, Fields action) {
        providerOnly(caller, "move servers");
        String host = null;
        if (version.atLeast(56) && !action.isNull("migrate")) {
            Fields migrate = action.object("migrate");
            host = migrate.nullableText("host", Text.HOST);
            migrate.end();
        }
        resizing.migrate(caller, id, host);
        return accepted();
    }

    private ResponseEntity<Object> migrateLive(Caller caller, Microversion version, UUID id, Fields live) {
        providerOnly(caller, "move servers");
        String host = live.nullableText("host", Text.HOST);
        if (!live.has("host")) {
            throw live.missing("host");
        }
        if (!live.has("block_migration")) {
            throw live.missing("block_migration");
        }
        boolean automatic = version.atLeast(25)
                && live.isText("block_migration")
                && "auto".equals(live.optionalText("block_migration", Text.META_VALUE));
        boolean withDisk = automatic || live.bool("block_migration", true);
        if (version.before(25)) {
            if (!live.has("disk_over_commit")) {
                throw live.missing("disk_over_commit");
            }
            live.bool("disk_over_commit", false);
        }
        if (version.atLeast(30) && version.before(68) && live.bool("force", false) && host == null) {
            throw Refusal.invalid("Can't force to a non-provided destination");
        }
        live.end();
        moving.live(caller, id, host, withDisk);
        return accepted();
    }

    private ResponseEntity<Object> unshelve(Caller caller, Microversion version, UUID id, Fields action) {
        Given<String> zone = Given.not();
        String host = null;
        if (version.atLeast(77) && !action.isNull("unshelve")) {
            Fields unshelve = action.object("unshelve");
            if (version.atLeast(91)) {
                zone = given(unshelve, "availability_zone", true, Text.ZONE);
                host = unshelve.optionalText("host", Text.HOST);
            } else {
                zone = Given.of(unshelve.text("availability_zone", Text.ZONE));
            }
            unshelve.end();
        }
        if (host != null) {
            providerOnly(caller, "choose a server's host");
        }
        shelving.unshelve(caller, id, new ServerShelving.Place(zone, host));
        return accepted();
    }

    private ResponseEntity<Object> rebuild(Caller caller, Microversion version, UUID id, Fields rebuild) {
        UUID image = UUID.fromString(rebuild.text("imageRef", Text.UUID_ID));
        AdminPassword password = AdminPassword.of(rebuild.optionalText("adminPass", Text.ANY));
        ServerRebuilding.Rebuild wanted = new ServerRebuilding.Rebuild(
                image,
                rebuild.optionalText("name", Text.NAME),
                version.atLeast(90) ? rebuild.optionalText("hostname", Text.HOSTNAME) : null,
                given(rebuild, "description", version.atLeast(19), Text.DESCRIPTION),
                rebuild.map("metadata"),
                given(rebuild, "key_name", version.atLeast(54), Text.NAME),
                given(rebuild, "user_data", version.atLeast(57), Text.BASE64),
                password.hash(),
                rebuild.optionalText("accessIPv4", Text.IPV4),
                rebuild.optionalText("accessIPv6", Text.IPV6),
                rebuild.oneOf("OS-DCF:diskConfig", "AUTO", "MANUAL"),
                rebuild.bool("preserve_ephemeral", false));
        refuseUnoffered(rebuild, version);
        rebuild.end();
        ShownServer shown = rebuilding.rebuild(
                caller, id, wanted, new Servers.Depth(version.atLeast(57), caller.isAdmin() && version.atLeast(75)));
        Shape server = view.of(shown, version, ServerView.Occasion.UPDATE, caller.isAdmin())
                .when(
                        version.atLeast(54) && version.before(75),
                        "key_name",
                        shown.server().boot().keyName())
                .with("adminPass", password.text())
                .when(version.atLeast(57), "user_data", shown.server().boot().userData());
        // told once, under the name without a prefix
        server.remove("OS-EXT-SRV-ATTR:user_data");
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", links.self("servers/" + id))
                .body(Shape.of("server", server));
    }

    private static Given<String> given(Fields fields, String name, boolean offered, Text rule) {
        return offered && fields.has(name) ? Given.of(fields.nullableText(name, rule)) : Given.not();
    }

    private static void refuseUnoffered(Fields rebuild, Microversion version) {
        if (version.before(57)) {
            rebuild.requireEmptyList("personality", "personality is not offered: put files into user_data.");
        }
        JsonNode certificates = version.atLeast(63) ? rebuild.raw("trusted_image_certificates") : null;
        if (certificates != null && !certificates.isNull()) {
            throw Refusal.invalid(
                    "trusted_image_certificates is not offered: images are not checked against certificates.");
        }
    }

    private ResponseEntity<Object> createImage(Caller caller, Microversion version, UUID id, Fields image) {
        String name = image.text("name", Text.NAME);
        Map<String, String> metadata = metadata(image);
        image.end();
        return image(
                version,
                imaging.createImage(caller, id, new ServerImaging.Wanted(name, metadata, version.before(39), null)));
    }

    private ResponseEntity<Object> createBackup(Caller caller, Microversion version, UUID id, Fields backup) {
        String name = backup.text("name", Text.NAME);
        String type = backup.text("backup_type", Text.META_VALUE);
        int rotation = backup.integer("rotation", 0, Integer.MAX_VALUE);
        Map<String, String> metadata = metadata(backup);
        backup.end();
        UUID image = imaging.createImage(
                caller, id, new ServerImaging.Wanted(name, metadata, version.before(39), new Backup(type, rotation)));
        // one that is to be deleted as soon as it is there has no address worth telling
        return rotation == 0 && version.before(45) ? accepted() : image(version, image);
    }

    private static Map<String, String> metadata(Fields fields) {
        Map<String, String> metadata = fields.map("metadata");
        return metadata == null ? Map.of() : metadata;
    }

    /** Until 2.44 the image's address is in a header, from 2.45 on its id in the body. */
    private ResponseEntity<Object> image(Microversion version, UUID image) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.ACCEPTED);
        return version.atLeast(45)
                ? answer.body(Shape.of("image_id", image))
                : answer.header("Location", links.image(image)).build();
    }
}
