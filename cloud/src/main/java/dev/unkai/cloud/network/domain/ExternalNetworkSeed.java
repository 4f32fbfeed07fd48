package dev.unkai.cloud.network.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes the provider's external network at the first start, so that customers can reach the outer world from the first day. */
@Component
class ExternalNetworkSeed implements ApplicationRunner {
    /** The network is nobody's: operators change it, everybody may use it for gateways and floating addresses. */
    private static final String PROVIDER = "";

    private static final Logger log = LoggerFactory.getLogger(ExternalNetworkSeed.class);

    private final Transactions transactions;
    private final Networks networks;
    private final Subnets subnets;
    private final Ids ids;
    private final String name;
    private final String cidr;
    private final String gateway;
    private final String physicalNetwork;
    private final int mtu;

    ExternalNetworkSeed(
            Transactions transactions,
            Networks networks,
            Subnets subnets,
            Ids ids,
            @Value("${unkai.external-network.name:public}") String name,
            @Value("${unkai.external-network.cidr:}") String cidr,
            @Value("${unkai.external-network.gateway:}") String gateway,
            @Value("${unkai.external-network.physical-network:external}") String physicalNetwork,
            @Value("${unkai.network.mtu:1500}") int mtu) {
        this.transactions = transactions;
        this.networks = networks;
        this.subnets = subnets;
        this.ids = ids;
        this.name = name;
        this.cidr = cidr;
        this.gateway = gateway;
        this.physicalNetwork = physicalNetwork;
        this.mtu = mtu;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (cidr.isEmpty()) {
            return;
        }
        try {
            transactions.doAsSystem(this::seed);
        } catch (DuplicateKeyException e) {
            log.info("Another process made the external network at the same time");
        }
    }

    private void seed(Db db) {
        boolean there = db.sql(
                        "select exists (select from network where network_type = 'flat' and physical_network = ?)")
                .param(physicalNetwork)
                .query(Boolean.class)
                .single();
        if (there) {
            return;
        }
        Prefix prefix = Prefix.of(cidr).canonical();
        String first = gateway.isEmpty() ? prefix.firstHost().toString() : gateway;
        Network network = networks.insert(
                db,
                new Network(
                        ids.next(),
                        PROVIDER,
                        name,
                        "",
                        true,
                        false,
                        true,
                        true,
                        true,
                        mtu,
                        Network.FLAT,
                        physicalNetwork,
                        null,
                        List.of(),
                        List.of(),
                        Stamp.NEW));
        subnets.insert(
                db,
                network,
                new Subnet(
                        ids.next(),
                        PROVIDER,
                        network.id(),
                        name + "-" + prefix.version(),
                        "",
                        prefix.version(),
                        prefix.toString(),
                        first,
                        false,
                        List.of(),
                        List.of(),
                        SubnetRules.defaultPools(prefix, first),
                        null,
                        null,
                        List.of(),
                        List.of(),
                        Stamp.NEW));
        log.info("Made the external network {} with {}", name, prefix);
    }
}
