package dev.unkai.launcher;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line asks of the SSL-VPN.
 *
 * @param door {@code ADDRESS:PORT} of this machine at which clients connect, or {@code off}; absent: as it was
 * @param pool the prefix that the tunnels' inner addresses come from; absent: what it was
 */
record VpnOptions(Optional<String> door, Optional<String> pool) {
    static final VpnOptions UNCHANGED = new VpnOptions(Optional.empty(), Optional.empty());
    static final String OFF = "off";

    private static final String BYTE = "(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
    private static final String ADDRESS = BYTE + "(?:\\." + BYTE + "){3}";
    private static final Pattern DOOR = Pattern.compile("(" + ADDRESS + ")(?::([1-9]\\d{0,4}))?");
    private static final Pattern POOL = Pattern.compile("(" + ADDRESS + ")/(\\d{1,2})");
    private static final int USUAL_PORT = 443;

    VpnOptions at(String text) {
        if (text.equals(OFF)) {
            return new VpnOptions(Optional.of(OFF), pool);
        }
        Matcher matcher = DOOR.matcher(text);
        if (!matcher.matches()) {
            throw new Problem("option.form", "--vpn", text);
        }
        int port = matcher.group(2) == null ? USUAL_PORT : Integer.parseInt(matcher.group(2));
        if (port > 65_535) {
            throw new Problem("option.form", "--vpn", text);
        }
        return new VpnOptions(Optional.of(matcher.group(1) + ":" + port), pool);
    }

    VpnOptions from(String text) {
        Matcher matcher = POOL.matcher(text);
        int length = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (length < 8 || length > 29 || (number(matcher.group(1)) & (1L << 32 - length) - 1) != 0) {
            throw new Problem("option.form", "--vpn-pool", text);
        }
        return new VpnOptions(door, Optional.of(text));
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
