package dev.unkai.identity.vpn;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tunnels that are open: seen and ended by their users and by who manages these. The gateway tells every other second what it sees and is
 * told what must go; so a wish to end a session, a disabled account and a tunnel that nobody granted all end in the same way, however often
 * the gateway dies in between.
 */
@Component
public final class VpnSessions {
    private static final String ACCOUNT = "service/security/account/user";
    private static final String END = "revoke";

    /** Longer than the VPN server lets a client that has logged in come for its tunnel (its cookie-timeout and some slack). */
    private static final Duration TIME_TO_COME = Duration.ofSeconds(90);

    private final Transactions transactions;
    private final VpnSessionStore store;
    private final TunnelGrants grants;
    private final Rights rights;
    private final Clock clock;

    public VpnSessions(
            Transactions transactions, VpnSessionStore store, TunnelGrants grants, Rights rights, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.grants = grants;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * A tunnel as the gateway sees it.
     *
     * @param tunnel the VPN server's name for it
     * @param innerAddress null while its client is away and may come back without logging in
     */
    public record Tunnel(
            String tunnel,
            @Nullable String innerAddress,
            @Nullable String outerAddress,
            long receivedBytes,
            long sentBytes) {}

    /** The caller's own. */
    List<VpnSession> own(Caller caller) {
        return transactions.asCaller(caller, db -> store.list(db, caller.user(), null));
    }

    /** @param contract the domain's id, or null: all that the caller manages */
    List<VpnSession> all(Caller caller, @Nullable String contract) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            String domain = contract != null || authority.provider() ? contract : authority.ownDomain();
            if (domain != null) {
                authority.need(domain, ApiErrors.hidden("domain", domain));
            }
            return store.list(db, null, domain);
        });
    }

    /** Wishes the end of a session; the gateway cuts the tunnel within seconds. */
    void end(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            if (caller.token().isDelegated()) {
                throw Refusal.forbidden(
                        "VPN sessions are ended by a person, not by an application credential or a trust."
                                + " Log in by password.");
            }
            Authority authority = rights.of(db, caller);
            VpnSession session = store.byId(db, id).orElseThrow(() -> ApiErrors.absent("VPN session", id));
            if (!session.accountId().equals(caller.user())
                    && !authority.toChange().manages(session.domainId())) {
                throw ApiErrors.hidden("VPN session", id);
            }
            if (session.endWantedAt() == null) {
                store.wantEnd(db, id, clock.instant(), caller.token().userName());
                db.record(CadfEvent.by(caller, END, target(session), clock.instant())
                        .with(Map.of("vpnSession", session.id(), "innerAddress", session.innerAddress())));
            }
        });
    }

    /** The gateway's part: takes in what there is, and answers the names of the tunnels that must go. */
    List<String> reconcile(List<Tunnel> tunnels) {
        return transactions.asSystem(db -> {
            Instant now = clock.instant();
            Map<String, VpnSession> byAddress = new HashMap<>();
            Map<String, VpnSession> byTunnel = new HashMap<>();
            for (VpnSession session : store.held(db)) {
                byAddress.put(session.innerAddress(), session);
                if (session.tunnel() != null) {
                    byTunnel.put(session.tunnel(), session);
                }
            }
            List<String> unwanted = new ArrayList<>();
            Map<String, VpnSession> gone = new HashMap<>(byAddress);
            for (Tunnel tunnel : tunnels) {
                VpnSession session = tunnel.innerAddress() == null
                        ? byTunnel.get(tunnel.tunnel())
                        : byAddress.get(tunnel.innerAddress());
                if (session == null
                        || (session.tunnel() != null && !session.tunnel().equals(tunnel.tunnel()))) {
                    // Who is not connected may just be logging in; what is connected without a grant must go.
                    if (tunnel.innerAddress() != null) {
                        unwanted.add(tunnel.tunnel());
                    }
                    continue;
                }
                gone.remove(session.innerAddress());
                store.seen(db, session.id(), tunnel, now);
                String outside = tunnel.outerAddress() == null ? session.outerAddress() : tunnel.outerAddress();
                if (mustGo(db, session, outside, now)) {
                    unwanted.add(tunnel.tunnel());
                }
            }
            gone.values().forEach(session -> forget(db, session, now));
            return unwanted;
        });
    }

    /** Whether it shall end; if only now, that is recorded. */
    private boolean mustGo(Db db, VpnSession session, String outside, Instant now) {
        if (session.endWantedAt() != null) {
            return true;
        }
        Optional<String> reason = store.reasonToEnd(db, session)
                .or(() -> IpAddress.parse(outside)
                        .filter(source -> !grants.admits(db, session.domainId(), source))
                        .map(_ -> "its address is not in the contract's list any more"));
        reason.ifPresent(why -> {
            store.wantEnd(db, session.id(), now, "gateway");
            db.record(CadfEvent.bySystem("gateway", END, target(session), now, null)
                    .with(facts(session, why)));
        });
        return reason.isPresent();
    }

    /** The tunnel is gone, or nobody came for it. */
    private void forget(Db db, VpnSession session, Instant now) {
        boolean neverCame = session.tunnel() == null;
        if (neverCame && session.createdAt().plus(TIME_TO_COME).isAfter(now)) {
            return;
        }
        store.delete(db, session.id());
        if (session.endWantedAt() == null) {
            CadfEvent.Initiator who = new CadfEvent.Initiator(
                    session.accountId(),
                    ACCOUNT,
                    session.accountName(),
                    null,
                    session.domainId(),
                    new CadfEvent.Host(session.outerAddress(), session.agent()));
            db.record(CadfEvent.by(who, END, target(session), now, "")
                    .with(facts(
                            session, neverCame ? "no tunnel was opened after the log-in" : "the tunnel was closed")));
        }
    }

    private static CadfEvent.Target target(VpnSession session) {
        return new CadfEvent.Target(session.accountId(), ACCOUNT, session.accountName(), session.projectId());
    }

    private static Map<String, String> facts(VpnSession session, String why) {
        return Map.of(
                "vpnSession",
                session.id(),
                "innerAddress",
                session.innerAddress(),
                "reason",
                why,
                "receivedBytes",
                String.valueOf(session.receivedBytes()),
                "sentBytes",
                String.valueOf(session.sentBytes()));
    }
}
