package dev.unkai.cloud.network;

import dev.unkai.cloud.network.domain.Ip;

/** How IP addresses are written in answers. */
public final class AddressText {
    private AddressText() {}

    /** The address as RFC 5952 writes it; what is none, such as an empty text, stays as it is. */
    public static String canonical(String address) {
        return Ip.parse(address).map(Ip::toString).orElse(address);
    }
}
