package dev.unkai.node.guest;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the node remembers of a guest across its own restarts, beside what libvirt knows.
 *
 * @param boot number of the last boot that was started
 * @param stoppedByGuestAt generation at which the guest switched itself off; -1 when it did not
 * @param paused whether it stands still because the plan said so, not because of an error
 * @param askedOff when it was last told to switch itself off in this boot, by the host's clock that counts from its start, in nanoseconds;
 *     null when it was not
 */
public record GuestNotes(
        long boot,
        long stoppedByGuestAt,
        boolean paused,
        @Nullable Long askedOff) {
    public static final GuestNotes NONE = new GuestNotes(-1, -1, false, null);

    public GuestNotes stoppedByGuest(long generation) {
        return new GuestNotes(boot, generation, false, null);
    }

    /** It runs in the boot with this number. */
    public static GuestNotes running(long boot) {
        return new GuestNotes(boot, -1, false, null);
    }

    public GuestNotes paused(boolean now) {
        return new GuestNotes(boot, stoppedByGuestAt, now, askedOff);
    }

    public GuestNotes askedOff(long nanos) {
        return new GuestNotes(boot, stoppedByGuestAt, paused, nanos);
    }

    public String text() {
        Properties properties = new Properties();
        properties.setProperty("boot", Long.toString(boot));
        properties.setProperty("stopped-by-guest-at", Long.toString(stoppedByGuestAt));
        properties.setProperty("paused", Boolean.toString(paused));
        if (askedOff != null) {
            properties.setProperty("asked-off", Long.toString(askedOff));
        }
        StringWriter writer = new StringWriter();
        try {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return writer.toString();
    }

    /** Reads what {@link #text} wrote; from a file cut off by a crash what is there. */
    public static GuestNotes parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            String asked = properties.getProperty("asked-off");
            return new GuestNotes(
                    Long.parseLong(properties.getProperty("boot", "-1")),
                    Long.parseLong(properties.getProperty("stopped-by-guest-at", "-1")),
                    Boolean.parseBoolean(properties.getProperty("paused")),
                    asked == null ? null : Long.valueOf(asked));
        } catch (IOException | IllegalArgumentException e) {
            return NONE;
        }
    }
}
