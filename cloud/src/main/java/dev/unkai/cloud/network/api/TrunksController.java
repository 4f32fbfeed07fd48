package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.Trunks;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Trunk;
import dev.unkai.cloud.network.store.TrunkStore;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Network API v2.0: trunks and their subports. */
@RestController
@RequestMapping("/network/v2.0/trunks")
final class TrunksController {
    private static final int MOST_AT_ONCE = 200;
    /** The segmentation type of a subport that has inside the guest the tag that its network has outside. */
    private static final String INHERIT = "inherit";

    private final RequestTransactions transactions;
    private final Trunks trunks;
    private final TrunkStore store;
    private final Listings listings;
    private final Ids ids;

    TrunksController(RequestTransactions transactions, Trunks trunks, TrunkStore store, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.trunks = trunks;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:trunk:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "trunks", store.listing, TrunksController::view));
    }

    @Allow("network:trunk:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Trunk trunk = transactions.asCaller(caller, db -> trunks.get(db, id(id)));
        return Listings.one(request, "trunk", view(trunk));
    }

    @Allow("network:trunk:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(body, "trunk", "trunks", caller, in -> view(trunks.create(db, caller, read(in)))));
    }

    @Allow("network:trunk:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "trunk", caller);
        Trunk trunk = Bodies.change(
                () -> transactions.asCaller(
                        caller,
                        db -> trunks.update(
                                db,
                                caller,
                                id(id),
                                present -> patch(in, present, present.portId(), present.subports()))),
                () -> patch(in, blank("", ids.next()), ids.next(), List.of()));
        return Map.of("trunk", view(trunk));
    }

    @Allow("network:trunk:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> trunks.delete(db, caller, id(id)));
    }

    @Allow("network:trunk:show")
    @GetMapping("/{id}/get_subports")
    Map<String, Object> subports(Caller caller, @PathVariable String id) {
        Trunk trunk = transactions.asCaller(caller, db -> trunks.get(db, id(id)));
        return Map.of(
                "sub_ports",
                trunk.subports().stream().map(TrunksController::view).toList());
    }

    @Allow("network:trunk:update")
    @PutMapping("/{id}/add_subports")
    Map<String, Object> addSubports(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<Trunk.Subport> more = subports(new Attributes("trunk", body, caller));
        Trunk trunk = transactions.asCaller(caller, db -> trunks.addSubports(db, caller, id(id), more));
        return view(trunk);
    }

    @Allow("network:trunk:update")
    @PutMapping("/{id}/remove_subports")
    Map<String, Object> removeSubports(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = new Attributes("trunk", body, caller);
        if (!in.has("sub_ports")) {
            throw in.missing("sub_ports");
        }
        in.refuseNull("sub_ports");
        List<UUID> less =
                in.list("sub_ports", MOST_AT_ONCE, List.of(), one -> Attributes.asUuid("port_id", one.path("port_id")));
        in.finish();
        Trunk trunk = transactions.asCaller(caller, db -> trunks.removeSubports(db, caller, id(id), less));
        return view(trunk);
    }

    private Trunk read(Attributes in) {
        UUID port = in.requiredUuid("port_id");
        Trunk blank = blank(in.project(), port);
        List<Trunk.Subport> subports = in.list("sub_ports", MOST_AT_ONCE, List.of(), TrunksController::subport);
        wrong(in, subports).ifPresent(reason -> {
            throw Refusals.field("sub_ports", reason + ".");
        });
        return patch(in, blank, port, subports);
    }

    private Trunk blank(String project, UUID port) {
        return new Trunk(ids.next(), project, "", "", true, port, false, List.of(), List.of(), Stamp.NEW);
    }

    private static Trunk patch(Attributes in, Trunk present, UUID port, List<Trunk.Subport> subports) {
        Trunk patched = new Trunk(
                present.id(),
                present.project(),
                in.name(present.name()),
                in.description(present.description()),
                in.flag("admin_state_up", present.adminStateUp()),
                port,
                present.up(),
                subports,
                present.tags(),
                present.stamp());
        in.finish();
        return patched;
    }

    private static List<Trunk.Subport> subports(Attributes in) {
        if (!in.has("sub_ports")) {
            throw in.missing("sub_ports");
        }
        in.refuseNull("sub_ports");
        List<Trunk.Subport> subports = in.list("sub_ports", MOST_AT_ONCE, List.of(), TrunksController::subport);
        in.finish();
        wrong(in, subports).ifPresent(reason -> {
            throw Refusals.invalid(reason + ".");
        });
        return subports;
    }

    /** What one request leaves out or says twice, in the reference's words. */
    private static Optional<String> wrong(Attributes in, List<Trunk.Subport> subports) {
        for (JsonNode node : in.raw("sub_ports")) {
            boolean inherits = node.path("segmentation_type").asString("").equals(INHERIT);
            if (!inherits && (isMissing(node, "segmentation_type") || isMissing(node, "segmentation_id"))) {
                return Optional.of(
                        "Invalid subport details '" + Attributes.brief(node)
                                + "': missing segmentation information. Must specify both segmentation_id and segmentation_type");
            }
        }
        Set<UUID> ports = new HashSet<>();
        Set<Integer> vlans = new HashSet<>();
        for (Trunk.Subport subport : subports) {
            if (!ports.add(subport.portId())) {
                return Optional.of("Non unique UUID for subport: '" + subport.portId() + "'");
            }
            if (subport.vlan() != Trunk.Subport.OF_ITS_NETWORK && !vlans.add(subport.vlan())) {
                return Optional.of(
                        "Segmentation ID '" + subport.vlan() + "' for '" + subport.portId() + "' is not unique");
            }
        }
        return Optional.empty();
    }

    /** What is missing is left for {@link #wrong} to tell. */
    private static Trunk.Subport subport(JsonNode node) {
        UUID port = Attributes.asUuid("port_id", node.path("port_id"));
        String type = node.path("segmentation_type").asString("");
        JsonNode number = node.path("segmentation_id");
        if (type.equals(INHERIT) || isMissing(node, "segmentation_type") || isMissing(node, "segmentation_id")) {
            return new Trunk.Subport(port, Trunk.Subport.OF_ITS_NETWORK, "");
        }
        if (!type.equals("vlan")) {
            throw Refusals.invalid(
                    "Unknown segmentation_type '" + Attributes.brief(node.path("segmentation_type")) + "'");
        }
        boolean isNumber = number.isIntegralNumber()
                || number.isString() && number.stringValue().matches("-?\\d{1,9}");
        if (!isNumber) {
            throw Refusals.invalid(
                    "Invalid subport details: segmentation_id '" + Attributes.brief(number) + "' is not an integer");
        }
        int vlan = number.isString()
                ? Integer.parseInt(number.stringValue())
                : number.canConvertToInt() ? number.intValue() : 0;
        if (vlan < 1 || vlan > 4094) {
            throw Refusals.invalid("Segmentation ID '" + Attributes.brief(number) + "' is not in range");
        }
        return new Trunk.Subport(port, vlan, "");
    }

    private static boolean isMissing(JsonNode subport, String name) {
        return subport.path(name).isMissingNode()
                || subport.path(name).isNull()
                || subport.path(name).asString("?").isEmpty();
    }

    private static UUID id(String text) {
        return Paths.id("Trunk", text);
    }

    private static Map<String, Object> view(Trunk trunk) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", trunk.id());
        body.put("name", trunk.name());
        body.put("tenant_id", trunk.project());
        body.put("description", trunk.description());
        body.put("admin_state_up", trunk.adminStateUp());
        body.put("status", trunk.up() ? "ACTIVE" : "DOWN");
        body.put("port_id", trunk.portId());
        body.put(
                "sub_ports",
                trunk.subports().stream().map(TrunksController::view).toList());
        body.put("tags", trunk.tags());
        Bodies.stamp(body, trunk.stamp(), trunk.project());
        return body;
    }

    /** The trunk as its parent port shows it. */
    static Map<String, Object> details(Trunk trunk) {
        return Map.of(
                "trunk_id",
                trunk.id(),
                "sub_ports",
                trunk.subports().stream()
                        .map(subport -> {
                            Map<String, Object> body = view(subport);
                            body.put("mac_address", subport.mac());
                            return body;
                        })
                        .toList());
    }

    private static Map<String, Object> view(Trunk.Subport subport) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("port_id", subport.portId());
        body.put("segmentation_type", "vlan");
        body.put("segmentation_id", subport.vlan());
        return body;
    }
}
