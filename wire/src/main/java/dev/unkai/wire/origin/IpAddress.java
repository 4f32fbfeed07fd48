package dev.unkai.wire.origin;

import java.net.InetAddress;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address as 128 bits. An IPv4 address that comes in IPv6 dress ({@code ::ffff:198.51.100.7}, RFC 4291 section 2.5.5.2) is
 * the IPv4 address, so that nobody gets around a rule, or is kept out by one, by the way in which a connection was made.
 */
public record IpAddress(long high, long low) {
    private static final long MAPPED = 0xffffL << 32;
    private static final String BYTE = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
    // No leading zeros: some programs read them as octal.
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int LONGEST = 64;

    /** Reads the address alone, without port or brackets; a zone ({@code %eth0}) is left aside. Asks no name service. */
    public static Optional<IpAddress> parse(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        boolean v6 = V6.matcher(bare).matches();
        if (bare.length() > LONGEST || !(v6 || (zone < 0 && V4.matcher(bare).matches()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(InetAddress.ofLiteral(bare)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IpAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return new IpAddress(0, MAPPED | number(bytes, 0, 4));
        }
        return new IpAddress(number(bytes, 0, 8), number(bytes, 8, 8));
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Of the machine itself: 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return isV4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
    }

    /** As RFC 5952 writes it. */
    @Override
    public String toString() {
        return isV4() ? dotted() : withColons();
    }

    private String dotted() {
        return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }

    private String withColons() {
        int start = -1;
        int longest = 1; // one zero alone is written out
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return start < 0 ? groups(0, 8) : groups(0, start) + "::" + groups(start + longest, 8);
    }

    private String groups(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - 16 * (index % 4) & 0xffff);
    }
}
