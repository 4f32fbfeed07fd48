package dev.unkai.cloud;

import dev.unkai.cloud.RunningCloud.Answer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of each thing that a customer can own, marked so that a leak is recognised wherever it appears. */
final class OwnersThings {
    static final String MARK = "belongs-to-owner";

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final Map<String, String> ids = new HashMap<>();

    private OwnersThings() {}

    static OwnersThings make(RunningCloud cloud, String project) {
        OwnersThings things = new OwnersThings();
        String token = cloud.token(project, "manager", "member", "reader");
        things.make(cloud, token, "network", "/network/v2.0/networks", "/network/id", """
                {"network":{"name":"%s"}}""");
        things.make(cloud, token, "subnet", "/network/v2.0/subnets", "/subnet/id", """
                {"subnet":{"name":"%s","network_id":"{network}","cidr":"10.1.2.0/24","ip_version":4}}""");
        things.make(cloud, token, "port", "/network/v2.0/ports", "/port/id", """
                {"port":{"name":"%s","network_id":"{network}"}}""");
        things.make(cloud, token, "router", "/network/v2.0/routers", "/router/id", """
                {"router":{"name":"%s"}}""");
        things.make(cloud, token, "security_group", "/network/v2.0/security-groups", "/security_group/id", """
                {"security_group":{"name":"%s"}}""");
        things.make(
                cloud,
                token,
                "security_group_rule",
                "/network/v2.0/security-group-rules",
                "/security_group_rule/id",
                """
                {"security_group_rule":{"description":"%s","security_group_id":"{security_group}","direction":"ingress","protocol":"tcp","port_range_min":1,"port_range_max":1}}""");
        things.make(cloud, token, "address_group", "/network/v2.0/address-groups", "/address_group/id", """
                {"address_group":{"name":"%s","addresses":["198.51.100.0/24"]}}""");
        things.make(cloud, token, "trunk_port", "/network/v2.0/ports", "/port/id", """
                {"port":{"name":"%s","network_id":"{network}"}}""");
        things.make(cloud, token, "trunk", "/network/v2.0/trunks", "/trunk/id", """
                {"trunk":{"name":"%s","port_id":"{trunk_port}"}}""");
        things.make(
                cloud,
                cloud.token("operator", "admin"),
                "qos_policy",
                "/network/v2.0/qos/policies",
                "/policy/id",
                "{\"policy\":{\"name\":\"%s\",\"project_id\":\"" + project + "\"}}");
        things.makeRule(cloud, "bandwidth_limit_rule", "{\"max_kbps\":1000}");
        things.makeRule(cloud, "dscp_marking_rule", "{\"dscp_mark\":10}");
        // By a name of an id's form: what is asked for is said again in the answer.
        things.make(
                cloud,
                cloud.token("operator", "admin"),
                "metadef_namespace",
                "/image/v2/metadefs/namespaces",
                "/namespace",
                "{\"namespace\":\"" + UUID.randomUUID() + "\",\"display_name\":\"%s\",\"owner\":\"" + project + "\"}");
        things.make(cloud, token, "address_scope", "/network/v2.0/address-scopes", "/address_scope/id", """
                {"address_scope":{"name":"%s","ip_version":4}}""");
        things.make(cloud, token, "subnetpool", "/network/v2.0/subnetpools", "/subnetpool/id", """
                {"subnetpool":{"name":"%s","prefixes":["10.200.0.0/16"],"address_scope_id":"{address_scope}"}}""");
        things.make(cloud, token, "rbac_policy", "/network/v2.0/rbac-policies", "/rbac_policy/id", """
                {"rbac_policy":{"object_type":"network","object_id":"{network}","action":"access_as_shared","target_tenant":"%s"}}""");
        String outside = cloud.send(token, "GET", "/network/v2.0/networks?router:external=true", null)
                .json()
                .at("/networks/0/id")
                .asString("");
        things.ids.put("external", outside);
        things.make(cloud, token, "floatingip", "/network/v2.0/floatingips", "/floatingip/id", """
                {"floatingip":{"description":"%s","floating_network_id":"{external}"}}""");
        things.make(cloud, token, "log", "/network/v2.0/log/logs", "/log/id", """
                {"log":{"name":"%s","resource_type":"security_group"}}""");
        things.make(cloud, token, "image", "/image/v2/images", "/id", """
                {"name":"%s","disk_format":"raw","container_format":"bare","visibility":"private"}""");
        cloud.send(
                token,
                "PUT",
                "/image/v2/images/" + things.ids.get("image") + "/file",
                "x".repeat(512),
                Map.of("Content-Type", "application/octet-stream"));
        things.make(cloud, token, "keypair", "/compute/v2.1/os-keypairs", "/keypair/name", """
                {"keypair":{"name":"%s"}}""");
        String flavor = cloud.send(token, "GET", "/compute/v2.1/flavors", null)
                .json()
                .at("/flavors/0/id")
                .asString("");
        things.ids.put("flavor", flavor);
        things.make(cloud, token, "server", "/compute/v2.1/servers", "/server/id", """
                {"server":{"name":"%s","imageRef":"{image}","flavorRef":"{flavor}","networks":[{"uuid":"{network}"}]}}""");
        things.make(cloud, token, "server_group", "/compute/v2.1/os-server-groups", "/server_group/id", """
                {"server_group":{"name":"%s","policies":["affinity"]}}""");
        return things;
    }

    /** Ids of the same form that nobody has; what is shown to everybody stays. */
    OwnersThings likeNobodys() {
        OwnersThings nobodys = new OwnersThings();
        ids.forEach((kind, id) -> nobodys.ids.put(
                kind,
                switch (kind) {
                    case "flavor", "external" -> id;
                    case "keypair" -> "nobodys-pair";
                    default -> UUID.randomUUID().toString();
                }));
        return nobodys;
    }

    /** Notes the id of something that was made elsewhere. */
    void know(String kind, String id) {
        ids.put(kind, id);
    }

    void make(RunningCloud cloud, String token, String kind, String path, String id, String body) {
        Answer answer = cloud.send(token, "POST", path, fillBody(body.replace("%s", MARK)));
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(
                    "The owner could not make a " + kind + ": " + answer.status() + " " + answer.text());
        }
        ids.put(kind, answer.json().at(id).asString());
    }

    private void makeRule(RunningCloud cloud, String kind, String rule) {
        String path = "/network/v2.0/qos/policies/" + ids.get("qos_policy") + "/" + kind + "s";
        make(
                cloud,
                cloud.token("operator", "admin"),
                kind,
                path,
                "/" + kind + "/id",
                "{\"" + kind + "\":" + rule + "}");
    }

    /**
     * The address with the owner's things as its variables.
     *
     * @param kinds of the variables in their order, with commas between; those beyond get ids that nobody has
     */
    String fill(String pattern, String kinds) {
        Matcher variable = VARIABLE.matcher(pattern.replace("/**", ""));
        Iterator<String> kind = List.of(kinds.split(",")).iterator();
        StringBuilder path = new StringBuilder();
        while (variable.find()) {
            String nobodys = UUID.randomUUID().toString();
            String id = kind.hasNext() ? ids.getOrDefault(kind.next(), nobodys) : nobodys;
            variable.appendReplacement(path, Matcher.quoteReplacement(id));
        }
        variable.appendTail(path);
        return path.toString();
    }

    /** The body with {@code {kind}} replaced by the owner's thing. */
    String fillBody(String body) {
        String filled = body;
        for (Map.Entry<String, String> thing : ids.entrySet()) {
            filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
        }
        return filled;
    }
}
