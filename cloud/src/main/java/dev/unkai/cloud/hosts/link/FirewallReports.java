package dev.unkai.cloud.hosts.link;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.FirewallObserver;
import dev.unkai.cloud.hosts.FirewallObserver.Seen;
import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.FirewallPacket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes parts of hosts' firewall logs, each exactly once: the position up to which a log was taken moves in the transaction that stores the
 * part, and only a part that begins there is taken.
 */
@Component
class FirewallReports {
    /** More than a node sends at once; what is beyond is a mistake or an attack. */
    private static final int MOST_PACKETS = 1_000;

    private static final int LONGEST_SOURCE = 200;
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,20}");

    private final Transactions transactions;
    private final FirewallObserver observer;

    FirewallReports(Transactions transactions, FirewallObserver observer) {
        this.transactions = transactions;
        this.observer = observer;
    }

    /** Answers the position, in bytes, from which the host is to go on with this log. */
    long take(UUID host, FirewallLogPart part) {
        if (part.getPacketsCount() > MOST_PACKETS || part.getSource().length() > LONGEST_SOURCE) {
            throw new IllegalArgumentException("A part has at most " + MOST_PACKETS + " packets.");
        }
        return transactions.<Long>asSystem(db -> {
            long position = position(db, host, part.getSource());
            if (part.getStart() != position || part.getEnd() <= part.getStart()) {
                return position;
            }
            List<Seen> packets = new ArrayList<>();
            for (FirewallPacket packet : part.getPacketsList()) {
                if (isSound(packet)) {
                    packets.add(seen(packet));
                }
            }
            if (!packets.isEmpty()) {
                observer.seen(db, host, packets);
            }
            db.sql("update firewall_position set position = ?, updated_at = now() where host_id = ? and source = ?")
                    .params(part.getEnd(), host, part.getSource())
                    .update();
            return part.getEnd();
        });
    }

    private static long position(Db db, UUID host, String source) {
        db.sql("insert into firewall_position (host_id, source, position) values (?, ?, 0) on conflict do nothing")
                .params(host, source)
                .update();
        return db.sql("select position from firewall_position where host_id = ? and source = ? for update")
                .params(host, source)
                .query(Long.class)
                .single();
    }

    /** A line that is not understood must not keep all that follow from being stored. */
    private static boolean isSound(FirewallPacket packet) {
        return MAC.matcher(packet.getSourceMac()).matches()
                && MAC.matcher(packet.getDestinationMac()).matches()
                && ADDRESS.matcher(packet.getSource()).matches()
                && ADDRESS.matcher(packet.getDestination()).matches()
                && WORD.matcher(packet.getProtocol()).matches();
    }

    private static Seen seen(FirewallPacket packet) {
        return new Seen(
                packet.getFilter(),
                Instant.ofEpochMilli(packet.getAtMillis()),
                packet.getInwards() ? "ingress" : "egress",
                packet.getAccepted() ? "ACCEPT" : "DROP",
                packet.getProtocol(),
                packet.getSourceMac(),
                packet.getDestinationMac(),
                packet.getSource(),
                packet.getDestination(),
                number(packet.hasSourcePort(), packet.getSourcePort()),
                number(packet.hasDestinationPort(), packet.getDestinationPort()),
                number(packet.hasIcmpType(), packet.getIcmpType()),
                number(packet.hasIcmpCode(), packet.getIcmpCode()));
    }

    private static @Nullable Integer number(boolean present, int value) {
        return present ? value : null;
    }
}
