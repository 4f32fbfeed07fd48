package dev.unkai.cloud.plan;

import java.util.EnumSet;
import java.util.Set;

/**
 * How early and by which ways the customer is told.
 *
 * @param maintenanceDays how many days before planned work at the latest
 * @param incidentBusinessDays how many business days (of Japan) after a serious incident was confirmed at the latest
 * @param planChangeDays how many days before a new version of the plan takes effect at the latest
 * @param channels at least one
 */
public record NoticePolicy(int maintenanceDays, int incidentBusinessDays, int planChangeDays, Set<Channel> channels) {
    public NoticePolicy {
        channels = Set.copyOf(channels);
    }

    /** A way to tell somebody something. */
    public enum Channel {
        MAIL,
        CONSOLE,
        WEB_SITE,
        TELEPHONE
    }

    /** In the order of their declaration. */
    public Set<Channel> ordered() {
        return EnumSet.copyOf(channels);
    }
}
