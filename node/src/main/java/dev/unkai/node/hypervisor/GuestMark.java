package dev.unkai.node.hypervisor;

import dev.unkai.wire.node.Guest;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The element in a domain's metadata by which this node knows its own guests again, and which boot of theirs runs. */
public final class GuestMark {
    public static final String NAMESPACE = "https://unkai.dev/xml/guest/1";

    private static final Pattern BOOT = Pattern.compile("\\bboot=['\"](\\d+)['\"]");

    private GuestMark() {}

    public static String xml(Guest guest) {
        return "<unkai:guest xmlns:unkai='" + NAMESPACE + "' generation='" + guest.getGeneration() + "' boot='"
                + guest.getBoot() + "'/>";
    }

    /** The boot in {@code xml}; empty when that is not our mark. */
    public static OptionalLong boot(String xml) {
        Matcher matcher = BOOT.matcher(xml);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
