package dev.unkai.launcher;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses of names. */
final class Addresses {
    private Addresses() {}

    /** The first IPv4 address of the name, or the address itself. Throws a Problem when there is none. */
    static String ipv4(String name) {
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                if (address instanceof Inet4Address) {
                    return address.getHostAddress();
                }
            }
        } catch (UnknownHostException e) {
            throw new Problem("address.unknown", name);
        }
        throw new Problem("address.unknown", name);
    }
}
