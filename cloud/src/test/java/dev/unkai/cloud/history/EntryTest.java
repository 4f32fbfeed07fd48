package dev.unkai.cloud.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What a stored event says of who did it. */
class EntryTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource({
        "service/security/account/user, kumo, customer",
        "service/security/account/user, default, provider",
        "service/compute/schedule, , customer",
        "service, , service",
    })
    void itTellsCustomersFromTheProvidersPeopleAndFromTheServiceItself(
            String type, @Nullable String domain, String party) {
        assertThat(party(type, domain)).isEqualTo(party);
    }

    @Test
    void whoeverHasNotShownWhoHeIsIsNobodysPeople() {
        assertThat(party("service/security/account/user", null)).isNull();
    }

    private static @Nullable String party(String type, @Nullable String domain) {
        String event = """
                {"id":"e","initiator":{"id":"u","typeURI":"%s","name":"n"%s},"target":{"id":"t","typeURI":"compute/server"}}""".formatted(type, domain == null ? "" : ",\"domain_id\":\"" + domain + "\"");
        return Entry.of(JSON.readTree(event), "p", 0, "", true).initiator().party();
    }
}
