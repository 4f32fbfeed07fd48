package dev.unkai.cloud.contract.provision;

import dev.unkai.cloud.contract.Application.VpnUser;
import dev.unkai.cloud.contract.Contract.Account;
import dev.unkai.cloud.plan.CredentialPolicy;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PortalAccess.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a contract gets its domain, its project and its master user: identity. A port, since tests cut it off. */
public interface IdentityContracts {
    /**
     * What is wanted.
     *
     * @param wish the contract's name at the log-in; identity adds a number where it is taken
     * @param issued whether identity makes the password; else its owner chooses one
     * @param rules what the plan says of accounts and ways in
     * @param addresses the contract's list to begin with
     */
    record Wish(
            String wish,
            String company,
            String plan,
            String person,
            String email,
            String language,
            boolean issued,
            Rules rules,
            List<String> addresses,
            List<VpnUser> vpnUsers) {
        public Wish {
            addresses = List.copyOf(addresses);
            vpnUsers = List.copyOf(vpnUsers);
        }
    }

    /**
     * What identity enforces of a plan, without its name.
     *
     * @param passwordDays how long a password lives; null: until it is changed
     * @param resetMinutes how long the link of a forgotten password is good; null where the provider makes passwords
     * @param secondFactor who needs one, as in the plan's document
     */
    record Rules(
            int planVersion,
            boolean issued,
            @Nullable Integer passwordDays,
            int differsFromLast,
            @Nullable Integer resetMinutes,
            boolean usersByProvider,
            boolean fromAddresses,
            boolean throughTunnels,
            String secondFactor) {
        public static Rules of(Plan plan) {
            CredentialPolicy credentials = plan.credentials();
            return new Rules(
                    plan.version(),
                    credentials instanceof CredentialPolicy.ProviderIssued,
                    switch (credentials.expiry()) {
                        case CredentialPolicy.Expiry.Never() -> null;
                        case CredentialPolicy.Expiry.After(int days) -> days;
                    },
                    credentials.differsFromLast(),
                    switch (credentials) {
                        case CredentialPolicy.ProviderIssued _ -> null;
                        case CredentialPolicy.SelfService own -> own.resetMinutes();
                    },
                    switch (plan.userAdministration()) {
                        case PROVIDER -> true;
                        case CUSTOMER -> false;
                    },
                    plan.portalAccess().needs(Gate.SOURCE_ADDRESSES),
                    plan.portalAccess().needs(Gate.SSL_VPN),
                    credentials.secondFactor().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /** Identity understood and cannot: somebody has to do something first. */
    final class Impossible extends IOException {
        public Impossible(String sentence) {
            super(sentence);
        }
    }

    /**
     * Makes what is not there yet, and puts the rules in force; asking again with the same id and version changes nothing and answers the same. Throws
     * IOException when there is no good answer.
     */
    Account make(UUID contract, Wish wish) throws IOException, InterruptedException;

    /** Lets the contract's people in, and sends them their sealed links, once. Throws IOException when there is no good answer. */
    void open(UUID contract) throws IOException, InterruptedException;
}
