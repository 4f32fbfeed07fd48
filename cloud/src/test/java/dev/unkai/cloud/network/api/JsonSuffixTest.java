package dev.unkai.cloud.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonSuffixTest {
    private final NetworkSite site = NetworkSite.project();

    @Test
    void everyAddressMayEndInJson() {
        String id = site.makeId("networks.json", "{\"network\": {\"name\": \"old\"}}");

        assertThat(site.get("networks.json?name=old").at("/networks/0/id").asString())
                .isEqualTo(id);
        assertThat(site.get("networks/" + id + ".json").at("/network/name").asString())
                .isEqualTo("old");
        assertThat(site.get("quotas/" + site.id() + ".json")
                        .at("/quota/network")
                        .asInt())
                .isPositive();
        assertThat(site.get("networks/" + id).at("/network/id").asString()).isEqualTo(id);
    }
}
