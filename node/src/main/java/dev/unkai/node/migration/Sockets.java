package dev.unkai.node.migration;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Unix sockets by which hypervisors of both ends talk. The path that QEMU and libvirt use has to be the same on both hosts, so it does
 * not depend on the host; the node may see the same directory elsewhere, when the hypervisor has a file system view of its own.
 *
 * @param seen the directory as this node sees it
 * @param libvirt libvirt's own socket, as this node sees it
 */
public record Sockets(Path seen, Path libvirt) {
    private static final Path OF_HYPERVISOR = Path.of("/run/libvirt/unkai");
    private static final Path LIBVIRT = Path.of("/run/libvirt/libvirt-sock");

    /** The sockets beside the libvirt that {@code uri} names. */
    public static Sockets beside(String uri) {
        int at = uri.indexOf("socket=");
        Path libvirt = at < 0 ? LIBVIRT : Path.of(uri.substring(at + "socket=".length()));
        return new Sockets(libvirt.resolveSibling("unkai"), libvirt);
    }

    Path of(UUID guest, Channel channel) {
        return seen.resolve(name(guest, channel));
    }

    /** The same socket as the hypervisor sees it. */
    String forHypervisor(UUID guest, Channel channel) {
        return OF_HYPERVISOR.resolve(name(guest, channel)).toString();
    }

    /** Short: a socket's path has at most 107 bytes. */
    private static String name(UUID guest, Channel channel) {
        return guest.toString().replace("-", "").substring(0, 20) + "."
                + channel.name().charAt(0);
    }
}
