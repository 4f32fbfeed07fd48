package dev.unkai.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** By whom an account is vouched for, as the Identity v3 API shows it. */
public record Federated(@JsonProperty("idp_id") String provider, List<Protocol> protocols) {
    /** @param subject by what name the provider knows the account */
    public record Protocol(
            @JsonProperty("protocol_id") String protocol,
            @JsonProperty("unique_id") String subject) {}

    public Federated {
        protocols = List.copyOf(protocols);
    }

    static Federated by(String provider, String subject) {
        return new Federated(provider, List.of(new Protocol(UserFilter.PROTOCOL, subject)));
    }
}
