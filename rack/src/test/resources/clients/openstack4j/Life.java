import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openstack4j.api.Builders;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.compute.Action;
import org.openstack4j.model.compute.Server;
import org.openstack4j.model.network.IPVersionType;
import org.openstack4j.openstack.OSFactory;

/** A server's life by openstack4j. */
public final class Life {
    private Life() {}

    public static void main(String[] words) throws InterruptedException {
        String name = words[0];
        Map<String, String> env = System.getenv();
        OSClientV3 cloud = OSFactory.builderV3()
                .endpoint(env.get("UNKAI_AUTH_URL"))
                .credentials(env.get("UNKAI_USER"), env.get("UNKAI_PASSWORD"), Identifier.byName(env.get("UNKAI_DOMAIN")))
                .scopeToProject(Identifier.byName(env.get("UNKAI_PROJECT")), Identifier.byName(env.get("UNKAI_DOMAIN")))
                .authenticate();
        check(cloud.compute().keypairs().create(name, null).getPrivateKey().contains("PRIVATE KEY"), "no private key");
        String network = cloud.networking().network().create(Builders.network().name(name).build()).getId();
        cloud.networking()
                .subnet()
                .create(Builders.subnet()
                        .name(name)
                        .networkId(network)
                        .ipVersion(IPVersionType.V4)
                        .cidr("10.34.0.0/24")
                        .build());
        String group = cloud.networking()
                .securitygroup()
                .create(Builders.securityGroup().name(name).description("made by openstack4j").build())
                .getId();
        String flavor = cloud.compute().flavors().list().stream()
                .filter(one -> one.getName().equals("u1.nano"))
                .findFirst()
                .orElseThrow()
                .getId();
        String image = cloud.imagesV2().list(Map.of("name", "unkai-tiny")).getFirst().getId();
        Server server = cloud.compute()
                .servers()
                .bootAndWaitActive(
                        Builders.server()
                                .name(name)
                                .flavor(flavor)
                                .image(image)
                                .networks(List.of(network))
                                .keypairName(name)
                                .addSecurityGroup(name)
                                .build(),
                        300_000);
        check(server.getStatus() == Server.Status.ACTIVE, "not active: " + server);
        Server shown = cloud.compute().servers().get(server.getId());
        check(shown.getAddresses().getAddresses(name).getFirst().getAddr().startsWith("10.34.0."), shown.toString());

        check(cloud.compute().servers().action(shown.getId(), Action.STOP).isSuccess(), "stop refused");
        cloud.compute().servers().waitForServerStatus(shown.getId(), Server.Status.SHUTOFF, 300, TimeUnit.SECONDS);
        check(cloud.compute().servers().action(shown.getId(), Action.START).isSuccess(), "start refused");
        Server started = cloud.compute().servers().waitForServerStatus(shown.getId(), Server.Status.ACTIVE, 300, TimeUnit.SECONDS);
        check(started.getStatus() == Server.Status.ACTIVE, "not started: " + started);

        check(cloud.compute().servers().delete(shown.getId()).isSuccess(), "delete refused");
        for (int waited = 0; cloud.compute().servers().get(shown.getId()) != null; waited++) {
            check(waited < 300, "not deleted");
            Thread.sleep(1_000);
        }
        check(cloud.networking().securitygroup().delete(group).isSuccess(), "group not deleted");
        check(cloud.networking().network().delete(network).isSuccess(), "network not deleted");
        check(cloud.compute().keypairs().delete(name).isSuccess(), "key not deleted");
        System.out.println("done");
    }

    private static void check(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalStateException(otherwise);
        }
    }
}
