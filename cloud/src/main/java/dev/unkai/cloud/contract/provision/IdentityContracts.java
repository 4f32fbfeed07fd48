package dev.unkai.cloud.contract.provision;

import dev.unkai.cloud.contract.Contract.Account;
import java.io.IOException;
import java.util.UUID;

/** Where a contract gets its domain, its project and its master user: identity. A port, since tests cut it off. */
public interface IdentityContracts {
    /**
     * What is wanted.
     *
     * @param wish the contract's name at the log-in; identity adds a number where it is taken
     * @param issued whether identity makes the password; else its owner chooses one
     */
    record Wish(
            String wish, String company, String plan, String person, String email, String language, boolean issued) {}

    /** Makes what is not there yet; asking again with the same id changes nothing and answers the same. Throws IOException when there is no good answer. */
    Account make(UUID contract, Wish wish) throws IOException, InterruptedException;
}
