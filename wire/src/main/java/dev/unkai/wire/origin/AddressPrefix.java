package dev.unkai.wire.origin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291).
 *
 * @param length counted in 128 bits also for IPv4, which lies below {@code ::ffff:0:0/96}
 */
public record AddressPrefix(IpAddress base, int length) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final int OF_V4 = 96;

    /** Reads {@code address/length}, or an address alone. Bits below the length are cleared; see {@link #isExact}. */
    public static Optional<AddressPrefix> parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? text : text.substring(0, slash);
        String second = slash < 0 ? "" : text.substring(slash + 1);
        if (slash >= 0 && !NUMBER.matcher(second).matches()) {
            return Optional.empty();
        }
        return IpAddress.parse(first).flatMap(address -> {
            // An IPv4 prefix may come in IPv6 dress; then its length counts all 128 bits.
            int skipped = first.indexOf(':') < 0 ? OF_V4 : 0;
            int length = slash < 0 ? 128 : skipped + Integer.parseInt(second);
            boolean mixed = address.isV4() && length < OF_V4;
            return length > 128 || mixed ? Optional.empty() : Optional.of(cleared(address, length));
        });
    }

    private static AddressPrefix cleared(IpAddress address, int length) {
        return new AddressPrefix(
                new IpAddress(address.high() & highMask(length), address.low() & lowMask(length)), length);
    }

    /** Whether the text says nothing below the prefix's length, as in {@code 198.51.100.7/24}: that is mostly a mistake. */
    public boolean isExact(String text) {
        int slash = text.indexOf('/');
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
                .filter(base::equals)
                .isPresent();
    }

    public boolean contains(IpAddress address) {
        // ::/0 means all of IPv6, and no IPv4
        return base.isV4() == address.isV4()
                && (address.high() & highMask(length)) == base.high()
                && (address.low() & lowMask(length)) == base.low();
    }

    private static long highMask(int length) {
        return length >= 64 ? -1 : length == 0 ? 0 : -1L << 64 - length;
    }

    private static long lowMask(int length) {
        return length <= 64 ? 0 : -1L << 128 - length;
    }

    @Override
    public String toString() {
        return base + "/" + (base.isV4() ? length - OF_V4 : length);
    }
}
