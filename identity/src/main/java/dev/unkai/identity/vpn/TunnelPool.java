package dev.unkai.identity.vpn;

import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The inner addresses of all tunnels of a site, IPv4: cut into prefixes of one size, one for each contract, so that an address says whose
 * tunnel it is. The first prefix is nobody's, since the pool's first address is the gateway's own.
 */
public final class TunnelPool {
    private static final int OF_V4 = 96;
    private static final int WIDEST = OF_V4 + 8;
    private static final int NARROWEST = OF_V4 + 29;
    /** 64 addresses for a contract; fewer where the pool itself is small. */
    private static final int USUAL = OF_V4 + 26;

    private final AddressPrefix whole;
    private final int length;

    private TunnelPool(AddressPrefix whole) {
        this.whole = whole;
        this.length = Math.max(USUAL, whole.length() + 2);
    }

    /** Reads a prefix such as {@code 100.64.0.0/16}. Throws IllegalArgumentException saying what it must be. */
    public static TunnelPool parse(String text) {
        return AddressPrefix.parse(text)
                .filter(prefix -> prefix.base().isV4() && prefix.isExact(text))
                .filter(prefix -> prefix.length() >= WIDEST && prefix.length() <= NARROWEST)
                .map(TunnelPool::new)
                .orElseThrow(() -> new IllegalArgumentException("The pool of the SSL-VPN must be an IPv4 prefix between"
                        + " /8 and /29, such as 100.64.0.0/16, not \"" + text + "\"."));
    }

    /** The lowest prefix for a contract that is not among those taken; empty when all are. */
    public Optional<AddressPrefix> free(Collection<String> taken) {
        long step = 1L << 128 - length;
        return LongStream.range(1, 1L << length - whole.length())
                .mapToObj(number ->
                        new AddressPrefix(new IpAddress(0, whole.base().low() + number * step), length))
                .filter(prefix -> !taken.contains(prefix.toString()))
                .findFirst();
    }

    /** Whether a contract's prefix is one that this pool gives. */
    public boolean gives(String prefix) {
        return AddressPrefix.parse(prefix)
                .filter(known -> known.length() == length && whole.contains(known.base()))
                .isPresent();
    }

    /** The lowest address of the contract's prefix that no tunnel has; empty when all have one. */
    public Optional<String> freeAddress(String prefix, Collection<String> taken) {
        AddressPrefix contract = AddressPrefix.parse(prefix).orElseThrow();
        long last = whole.base().low() + (1L << 128 - whole.length()) - 1;
        return LongStream.range(0, 1L << 128 - contract.length())
                .map(offset -> contract.base().low() + offset)
                // The pool's last address is its broadcast address, which the VPN server gives to nobody.
                .filter(low -> low != last)
                .mapToObj(low -> new IpAddress(0, low).toString())
                .filter(address -> !taken.contains(address))
                .findFirst();
    }
}
