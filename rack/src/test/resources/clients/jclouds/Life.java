import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.jclouds.ContextBuilder;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.neutron.v2.NeutronApi;
import org.jclouds.openstack.neutron.v2.domain.Network;
import org.jclouds.openstack.neutron.v2.domain.Subnet;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.domain.KeyPair;
import org.jclouds.openstack.nova.v2_0.domain.SecurityGroup;
import org.jclouds.openstack.nova.v2_0.domain.Server;
import org.jclouds.openstack.nova.v2_0.extensions.KeyPairApi;
import org.jclouds.openstack.nova.v2_0.extensions.SecurityGroupApi;
import org.jclouds.openstack.nova.v2_0.features.ServerApi;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;

/** A server's life by jclouds. */
public final class Life {
    private Life() {}

    public static void main(String[] words) throws Exception {
        String name = words[0];
        String region = System.getenv("UNKAI_REGION");
        try (NovaApi compute = api("openstack-nova", NovaApi.class);
                NeutronApi network = api("openstack-neutron", NeutronApi.class)) {
            KeyPairApi keys = compute.getKeyPairApi(region).get();
            KeyPair key = keys.create(name);
            check(key.getPrivateKey().contains("PRIVATE KEY"), "no private key");
            Network made = network.getNetworkApi(region).create(Network.createBuilder(name).build());
            Subnet subnet = network.getSubnetApi(region)
                    .create(Subnet.createBuilder(made.getId(), "10.35.0.0/24").ipVersion(4).name(name).build());
            SecurityGroupApi groups = compute.getSecurityGroupApi(region).get();
            SecurityGroup group = groups.createWithDescription(name, "made by jclouds");
            String flavor = compute.getFlavorApi(region).listInDetail().concat().stream()
                    .filter(one -> one.getName().equals("u1.nano"))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            String image = compute.getImageApi(region).list().concat().stream()
                    .filter(one -> one.getName().equals("unkai-tiny"))
                    .findFirst()
                    .orElseThrow()
                    .getId();

            ServerApi servers = compute.getServerApi(region);
            String id = servers.create(
                            name,
                            image,
                            flavor,
                            new CreateServerOptions().networks(made.getId()).keyPairName(name).securityGroupNames(name))
                    .getId();
            await(() -> servers.get(id).getStatus() == Server.Status.ACTIVE, 300);
            Server server = servers.get(id);
            check(server.getAddresses().get(name).iterator().next().getAddr().startsWith("10.35.0."), server.toString());
            check(server.getKeyName().equals(name), server.toString());

            servers.stop(id);
            await(() -> servers.get(id).getStatus() == Server.Status.SHUTOFF, 300);
            servers.start(id);
            await(() -> servers.get(id).getStatus() == Server.Status.ACTIVE, 300);

            check(servers.delete(id), "server not deleted");
            await(() -> servers.get(id) == null, 300);
            check(groups.delete(group.getId()), "group not deleted");
            check(network.getSubnetApi(region).delete(subnet.getId()), "subnet not deleted");
            check(network.getNetworkApi(region).delete(made.getId()), "network not deleted");
            check(keys.delete(name), "key not deleted");
        }
        System.out.println("done");
    }

    private static <T extends java.io.Closeable> T api(String kind, Class<T> type) {
        Map<String, String> env = System.getenv();
        Properties choices = new Properties();
        choices.setProperty(KeystoneProperties.KEYSTONE_VERSION, "3");
        choices.setProperty(KeystoneProperties.SCOPE, "project:" + env.get("UNKAI_PROJECT"));
        return ContextBuilder.newBuilder(kind)
                .endpoint(env.get("UNKAI_AUTH_URL"))
                .credentials(env.get("UNKAI_DOMAIN") + ":" + env.get("UNKAI_USER"), env.get("UNKAI_PASSWORD"))
                .overrides(choices)
                .buildApi(type);
    }

    private static void await(BooleanSupplier condition, int seconds) throws InterruptedException {
        for (int waited = 0; !condition.getAsBoolean(); waited++) {
            check(waited < seconds, "waited in vain");
            Thread.sleep(1_000);
        }
    }

    private static void check(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalStateException(otherwise);
        }
    }
}
