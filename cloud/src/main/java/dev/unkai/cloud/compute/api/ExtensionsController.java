package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /extensions}: parts of the API that once were optional; old clients look whether they are there. */
@RestController
@RequestMapping("/compute/v2.1/extensions")
class ExtensionsController {
    private static final Map<String, String> OFFERED = new TreeMap<>(Map.ofEntries(
            Map.entry("OS-DCF", "DiskConfig"),
            Map.entry("OS-EXT-AZ", "ExtendedAvailabilityZone"),
            Map.entry("OS-EXT-IPS", "ExtendedIps"),
            Map.entry("OS-EXT-IPS-MAC", "ExtendedIpsMac"),
            Map.entry("OS-EXT-SRV-ATTR", "ExtendedServerAttributes"),
            Map.entry("OS-EXT-STS", "ExtendedStatus"),
            Map.entry("OS-FLV-DISABLED", "FlavorDisabled"),
            Map.entry("OS-FLV-EXT-DATA", "FlavorExtraData"),
            Map.entry("OS-SCH-HNT", "SchedulerHints"),
            Map.entry("OS-SRV-USG", "ServerUsage"),
            Map.entry("os-aggregates", "Aggregates"),
            Map.entry("os-attach-interfaces", "AttachInterfaces"),
            Map.entry("os-availability-zone", "AvailabilityZone"),
            Map.entry("os-config-drive", "ConfigDrive"),
            Map.entry("os-console-output", "ConsoleOutput"),
            Map.entry("os-consoles", "Consoles"),
            Map.entry("os-extended-volumes", "ExtendedVolumes"),
            Map.entry("os-flavor-access", "FlavorAccess"),
            Map.entry("os-flavor-extra-specs", "FlavorExtraSpecs"),
            Map.entry("os-flavor-manage", "FlavorManage"),
            Map.entry("os-hypervisors", "Hypervisors"),
            Map.entry("os-instance-actions", "InstanceActions"),
            Map.entry("os-keypairs", "Keypairs"),
            Map.entry("os-multiple-create", "MultipleCreate"),
            Map.entry("os-quota-sets", "Quotas"),
            Map.entry("os-remote-consoles", "Consoles"),
            Map.entry("os-security-groups", "SecurityGroups"),
            Map.entry("os-server-groups", "ServerGroups"),
            Map.entry("os-services", "Services"),
            Map.entry("os-simple-tenant-usage", "SimpleTenantUsage"),
            Map.entry("os-used-limits", "UsedLimits"),
            Map.entry("os-user-data", "UserData")));

    @GetMapping
    @Allow("compute:extension:show")
    Shape list() {
        return Shape.of(
                "extensions",
                OFFERED.keySet().stream().map(ExtensionsController::extension).toList());
    }

    @GetMapping("/{alias}")
    @Allow("compute:extension:show")
    Shape show(@PathVariable String alias) {
        if (!OFFERED.containsKey(alias)) {
            throw Refusal.notFound("There is no extension of that name.");
        }
        return Shape.of("extension", extension(alias));
    }

    private static Shape extension(String alias) {
        String name = String.valueOf(OFFERED.get(alias));
        return new Shape()
                .with("alias", alias)
                .with("name", name)
                .with("description", name + ".")
                .with("namespace", "http://docs.openstack.org/compute/ext/fake_xml")
                .with("updated", "2014-12-03T00:00:00Z")
                .with("links", List.of());
    }
}
