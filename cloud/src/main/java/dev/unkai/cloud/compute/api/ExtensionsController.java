package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /extensions}: parts of the API that once were optional; old clients look whether they are there. */
@RestController
@RequestMapping("/compute/v2.1/extensions")
class ExtensionsController {
    /** Alias and name, as the reference calls what is offered here. */
    private static final Map<String, String> OFFERED = """
            OS-DCF DiskConfig
            OS-EXT-AZ ExtendedAvailabilityZone
            OS-EXT-IMG-SIZE ImageSize
            OS-EXT-IPS ExtendedIps
            OS-EXT-IPS-MAC ExtendedIpsMac
            OS-EXT-SRV-ATTR ExtendedServerAttributes
            OS-EXT-STS ExtendedStatus
            OS-FLV-DISABLED FlavorDisabled
            OS-FLV-EXT-DATA FlavorExtraData
            OS-SCH-HNT SchedulerHints
            OS-SRV-USG ServerUsage
            os-access-ips AccessIPs
            os-admin-actions AdminActions
            os-aggregates Aggregates
            os-attach-interfaces AttachInterfaces
            os-availability-zone AvailabilityZone
            os-config-drive ConfigDrive
            os-console-auth-tokens ConsoleAuthTokens
            os-console-output ConsoleOutput
            os-consoles Consoles
            os-create-backup CreateBackup
            os-deferred-delete DeferredDelete
            os-evacuate Evacuate
            os-extended-evacuate-find-host ExtendedEvacuateFindHost
            os-extended-floating-ips ExtendedFloatingIps
            os-extended-hypervisors ExtendedHypervisors
            os-extended-networks ExtendedNetworks
            os-extended-quotas ExtendedQuotas
            os-extended-rescue-with-image ExtendedRescueWithImage
            os-extended-services ExtendedServices
            os-extended-services-delete ExtendedServicesDelete
            os-extended-status ExtendedStatus
            os-extended-volumes ExtendedVolumes
            os-flavor-access FlavorAccess
            os-flavor-extra-specs FlavorExtraSpecs
            os-flavor-manage FlavorManage
            os-flavor-rxtx FlavorRxtx
            os-flavor-swap FlavorSwap
            os-floating-ip-pools FloatingIpPools
            os-floating-ips FloatingIps
            os-hosts Hosts
            os-hypervisor-status HypervisorStatus
            os-hypervisors Hypervisors
            os-instance-actions InstanceActions
            os-instance_usage_audit_log OSInstanceUsageAuditLog
            os-keypairs Keypairs
            os-lock-server LockServer
            os-migrate-server MigrateServer
            os-migrations Migrations
            os-multiple-create MultipleCreate
            os-networks Networks
            os-pause-server PauseServer
            os-preserve-ephemeral-rebuild PreserveEphemeralOnRebuild
            os-quota-class-sets QuotaClasses
            os-quota-sets Quotas
            os-remote-consoles Consoles
            os-rescue Rescue
            os-security-groups SecurityGroups
            os-server-diagnostics ServerDiagnostics
            os-server-external-events ServerExternalEvents
            os-server-group-quotas ServerGroupQuotas
            os-server-groups ServerGroups
            os-server-list-multi-status ServerListMultiStatus
            os-server-password ServerPassword
            os-server-sort-keys ServerSortKeys
            os-server-start-stop ServerStartStop
            os-services Services
            os-shelve Shelve
            os-simple-tenant-usage SimpleTenantUsage
            os-suspend-server SuspendServer
            os-tenant-networks OSTenantNetworks
            os-used-limits UsedLimits
            os-used-limits-for-admin UsedLimitsForAdmin
            os-user-data UserData
            os-user-quotas UserQuotas
            """.lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(words -> words[0], words -> words[1], (one, other) -> one, TreeMap::new));

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
