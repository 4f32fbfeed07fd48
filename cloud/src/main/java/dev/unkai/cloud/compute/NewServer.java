package dev.unkai.cloud.compute;

import dev.unkai.cloud.network.Ports.NicRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer asks for when making servers, checked for form only.
 *
 * @param hostname what the server calls itself; null: a label made of the name
 * @param drives the disks beside its own
 * @param flavorRef a flavor's id
 * @param securityGroups names or ids; empty: the project's default
 * @param userData base64
 * @param passwordHash of the administrator's first password, see {@link AdminPassword}
 * @param least how many must fit for any to be made
 * @param most how many are made if they fit
 */
public record NewServer(
        String name,
        @Nullable String hostname,
        @Nullable String description,
        UUID imageId,
        LocalDrives drives,
        String flavorRef,
        Nics nics,
        List<String> securityGroups,
        @Nullable String keyName,
        @Nullable String userData,
        String passwordHash,
        Map<String, String> metadata,
        List<String> tags,
        Server.Wishes wishes,
        Server.Access access,
        boolean configDrive,
        String diskConfig,
        int least,
        int most) {
    public NewServer {
        securityGroups = List.copyOf(securityGroups);
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    /** Which interfaces it gets. */
    public sealed interface Nics {
        /** None at all. */
        record None() implements Nics {}

        /** One on the project's network; {@code required}: it is an error when there is no network. */
        record Automatic(boolean required) implements Nics {}

        record Listed(List<NicRequest> requests) implements Nics {
            public Listed {
                requests = List.copyOf(requests);
            }
        }
    }
}
