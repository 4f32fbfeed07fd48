package dev.unkai.wire.report;

import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.HostReport;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one call of a host has told of its guests so far. The host and the cloud keep it alike, because a call neither loses a message nor
 * changes their order: so a report in which nothing is new names no guest (decision 0127). Not for several threads at once.
 */
public final class ToldGuests {
    /** So many reports at most leave the guests out in a row; the next names them whatever is remembered. */
    private static final int SHORT_ONES = 11;

    private Map<String, GuestReport> told = new LinkedHashMap<>();
    private int shortOnes;

    /** One guest was told on its own. */
    public void tell(GuestReport guest) {
        told.put(guest.getGuestId(), guest);
    }

    /** The report as it may be told: without the guests if each of them, and no other, is as told before. */
    public HostReport shortened(HostReport whole) {
        if (shortOnes < SHORT_ONES && byId(whole).equals(told)) {
            return whole.toBuilder().clearGuests().setAsTold(true).build();
        }
        return whole;
    }

    /** A report was told. Gives the guests that it speaks of, whether it names them or not. */
    public Collection<GuestReport> tell(HostReport report) {
        if (report.getAsTold()) {
            shortOnes++;
        } else {
            shortOnes = 0;
            told = byId(report);
        }
        return Collections.unmodifiableCollection(told.values());
    }

    private static Map<String, GuestReport> byId(HostReport report) {
        Map<String, GuestReport> guests = LinkedHashMap.newLinkedHashMap(report.getGuestsCount());
        report.getGuestsList().forEach(guest -> guests.put(guest.getGuestId(), guest));
        return guests;
    }
}
