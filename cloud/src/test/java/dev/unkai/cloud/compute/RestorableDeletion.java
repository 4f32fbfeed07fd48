package dev.unkai.cloud.compute;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.DeletionStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** A running cloud's deletion as a deployment has it that keeps deleted servers for a while. */
public final class RestorableDeletion {
    private final ServerDeletion deletion;

    public RestorableDeletion(ApplicationContext cloud, Duration reclaimAfter) {
        deletion = new ServerDeletion(
                cloud.getBean(Transactions.class),
                cloud.getBean(Operations.class),
                cloud.getBean(ServerStore.class),
                cloud.getBean(DeletionStore.class),
                cloud.getBean(ServerResizing.class),
                cloud.getBean(ServerEvents.class),
                cloud.getBean(Quotas.class),
                cloud.getBean(Clock.class),
                reclaimAfter);
    }

    public void delete(String project, String server) {
        Instant now = Instant.now();
        TokenClaims token = new TokenClaims(
                List.of("audit"),
                List.of("password"),
                "user",
                "user",
                "domain",
                "domain",
                project,
                project,
                "domain",
                "domain",
                null,
                null,
                false,
                List.of("member", "reader"),
                null,
                now,
                now.plusSeconds(60));
        deletion.delete(new Caller(token, "", "", "req-test"), UUID.fromString(server));
    }
}
