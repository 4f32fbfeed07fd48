package dev.unkai.cloud.network.domain;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address as a number; written as RFC 5952 wants it. */
public record Ip(int version, BigInteger value) implements Comparable<Ip> {
    /** Without leading zeros, which some read as octal (RFC 6943 section 3.1.1). */
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final int LONGEST = 45;

    /** Reads a literal; never asks a name server. */
    public static Optional<Ip> parse(String text) {
        boolean colon = text.indexOf(':') >= 0;
        if (text.length() > LONGEST
                || text.indexOf('%') >= 0
                || (!colon && !DOTTED.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(text).getAddress();
            if (colon != (bytes.length == 16)) {
                return Optional.empty(); // an IPv4 address dressed as IPv6
            }
            return Optional.of(new Ip(bytes.length == 4 ? 4 : 6, new BigInteger(1, bytes)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads what has been checked before, such as a stored address. */
    public static Ip of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("Not an IP address: " + text));
    }

    public int bits() {
        return version == 4 ? 32 : 128;
    }

    public Ip plus(long distance) {
        return new Ip(version, value.add(BigInteger.valueOf(distance)));
    }

    @Override
    public int compareTo(Ip other) {
        int byVersion = Integer.compare(version, other.version);
        return byVersion != 0 ? byVersion : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return version == 4 ? dotted() : colons();
    }

    private String dotted() {
        int number = value.intValue();
        return (number >>> 24) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }

    private String colons() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = value.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        int bestStart = -1;
        int bestLength = 1; // a single zero group is not shortened (RFC 5952 §4.2.2)
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
