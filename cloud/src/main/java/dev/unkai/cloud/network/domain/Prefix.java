package dev.unkai.cloud.network.domain;

import java.math.BigInteger;
import java.util.Optional;

/** A range of addresses in CIDR notation. */
public record Prefix(Ip base, int length) {
    /** Reads {@code address/length}; the address may have host bits, see {@link #canonical}. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        Optional<Ip> address = Ip.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        if (slash < 0) {
            return Optional.of(new Prefix(address.get(), address.get().bits()));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")
                || Integer.parseInt(length) > address.get().bits()) {
            return Optional.empty();
        }
        return Optional.of(new Prefix(address.get(), Integer.parseInt(length)));
    }

    public static Prefix of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("Not a CIDR: " + text));
    }

    public int version() {
        return base.version();
    }

    /** The same range with its host bits cleared. */
    public Prefix canonical() {
        int host = base.bits() - length;
        return new Prefix(new Ip(version(), base.value().shiftRight(host).shiftLeft(host)), length);
    }

    public Ip first() {
        return canonical().base();
    }

    public Ip last() {
        int host = base.bits() - length;
        return new Ip(
                version(), first().value().add(BigInteger.ONE.shiftLeft(host).subtract(BigInteger.ONE)));
    }

    public boolean contains(Ip address) {
        return address.version() == version() && first().compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }

    public boolean overlaps(Prefix other) {
        return contains(other.first()) || other.contains(first());
    }

    /** The lowest address that a host may have: the network's own is left out where there is room. */
    public Ip firstHost() {
        boolean tiny = base.bits() - length <= 1;
        return tiny ? first() : first().plus(1);
    }

    /** The highest address that a host may have: IPv4's broadcast address is left out where there is room. */
    public Ip lastHost() {
        boolean tiny = base.bits() - length <= 1;
        return tiny || version() == 6 ? last() : last().plus(-1);
    }

    @Override
    public String toString() {
        return base + "/" + length;
    }
}
