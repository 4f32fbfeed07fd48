package dev.unkai.identity.vpn;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives a tunnel to whoever has logged in: an inner address of the contract's prefix, and the session that goes with it. */
@Component
public final class TunnelGrants {
    private final VpnSessionStore store;
    private final Optional<TunnelPool> pool;
    private final Clock clock;

    public TunnelGrants(VpnSessionStore store, IdentitySettings settings, Clock clock) {
        this.store = store;
        this.pool = Optional.ofNullable(settings.vpn().pool()).map(TunnelPool::parse);
        this.clock = clock;
    }

    /** What somebody who has logged in gets. */
    public sealed interface Grant {
        record Given(String session, String innerAddress) implements Grant {}

        /** @param why for the history; @param sentence for the user */
        record Denied(String why, String sentence) implements Grant {}
    }

    /** Whether the account's contract is reached through tunnels at all. */
    public boolean concerns(Db db, Account account) {
        return db.sql("select exists (select 1 from portal_access where domain_id = ? and kind = 'ssl-vpn')")
                .param(account.domainId())
                .query(Boolean.class)
                .single();
    }

    /** Whether a tunnel may be opened from the address: where the plan wants the contract's list beside the tunnel, it holds outside of it. */
    public boolean admits(Db db, Account account, IpAddress source) {
        return admits(db, account.domainId(), source);
    }

    boolean admits(Db db, String domainId, IpAddress source) {
        Optional<List<String>> own = db.sql("""
                        select p.former_prefixes from portal_access p join plan_rules r on r.domain_id = p.domain_id
                         where p.domain_id = ? and r.source_addresses
                        """)
                .param(domainId)
                .query((row, _) ->
                        List.of((String[]) row.getArray("former_prefixes").getArray()))
                .optional();
        return own.map(prefixes -> prefixes.stream()
                        .flatMap(text -> AddressPrefix.parse(text).stream())
                        .anyMatch(prefix -> prefix.contains(source)))
                .orElse(true);
    }

    /** @param projectId whose history the session stands in, or null; @param address where the client is, @param agent which program it is */
    public Grant give(Db db, Account account, @Nullable String projectId, String address, String agent) {
        // Held, so that two who log in at once get different addresses.
        Optional<String> prefix = db.sql(
                        "select prefix from portal_access where domain_id = ? and kind = 'ssl-vpn' for update")
                .param(account.domainId())
                .query(String.class)
                .optional();
        if (prefix.isEmpty()) {
            return new Grant.Denied(
                    "the contract is not reached through the SSL-VPN",
                    "Your contract does not use the SSL-VPN. Open the console directly, or ask the provider.");
        }
        if (pool.isEmpty() || !pool.get().gives(prefix.get())) {
            return new Grant.Denied(
                    "the contract's prefix is not of the gateway's pool",
                    "The SSL-VPN is being changed for your contract. Try again later, or ask the provider.");
        }
        Optional<String> inner = pool.get().freeAddress(prefix.get(), store.innerAddresses(db));
        if (inner.isEmpty()) {
            return new Grant.Denied(
                    "all inner addresses of the contract are in use",
                    "All addresses of your contract's SSL-VPN are in use. End a session that nobody needs, then try again.");
        }
        VpnSession session = new VpnSession(
                Ids.random().nextHex(),
                account.id(),
                account.name(),
                account.domainId(),
                account.domainName(),
                projectId,
                inner.get(),
                address,
                agent,
                clock.instant(),
                null,
                null,
                0,
                0,
                null);
        store.insert(db, session);
        return new Grant.Given(session.id(), session.innerAddress());
    }
}
