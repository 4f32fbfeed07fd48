package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.Server;
import dev.unkai.wire.node.DiskCounters;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.NicCounters;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A running guest's counters as the reference shows them (nova, virt/libvirt/driver.py and objects/diagnostics.py). What the host did not tell is
 * null since 2.48, and left out before, where drivers said what they liked.
 */
final class DiagnosticsView {
    private static final long KIB_PER_MIB = 1024;

    private DiagnosticsView() {}

    /** As libvirt's driver answers before 2.48: one flat object, names made of devices. */
    static Shape asDrivers(GuestCounters counters, long ramMib) {
        Shape shape = new Shape();
        for (int id = 0; id < counters.getProcessorNanosCount(); id++) {
            shape.with("cpu" + id + "_time", counters.getProcessorNanos(id));
        }
        for (DiskCounters disk : counters.getDisksList()) {
            String device = disk.getDevice();
            shape.when(disk.hasReadRequests(), device + "_read_req", disk.getReadRequests())
                    .when(disk.hasReadBytes(), device + "_read", disk.getReadBytes())
                    .when(disk.hasWriteRequests(), device + "_write_req", disk.getWriteRequests())
                    .when(disk.hasWriteBytes(), device + "_write", disk.getWriteBytes())
                    .when(disk.hasReadBytes(), device + "_errors", disk.hasErrors() ? disk.getErrors() : -1L);
        }
        shape.with("memory", counters.getMemoryKib() > 0 ? counters.getMemoryKib() : ramMib * KIB_PER_MIB)
                .when(counters.getMemoryUsedKib() > 0, "memory-actual", counters.getMemoryUsedKib());
        for (NicCounters nic : counters.getNicsList()) {
            String device = nic.getDevice();
            shape.when(nic.hasReceivedBytes(), device + "_rx", nic.getReceivedBytes())
                    .when(nic.hasReceivedPackets(), device + "_rx_packets", nic.getReceivedPackets())
                    .when(nic.hasReceiveErrors(), device + "_rx_errors", nic.getReceiveErrors())
                    .when(nic.hasReceiveDrops(), device + "_rx_drop", nic.getReceiveDrops())
                    .when(nic.hasSentBytes(), device + "_tx", nic.getSentBytes())
                    .when(nic.hasSentPackets(), device + "_tx_packets", nic.getSentPackets())
                    .when(nic.hasSendErrors(), device + "_tx_errors", nic.getSendErrors())
                    .when(nic.hasSendDrops(), device + "_tx_drop", nic.getSendDrops());
        }
        return shape;
    }

    /**
     * Since 2.48.
     *
     * @param macs of its ports: a card is shown also where the host did not tell of it
     * @param uptime in seconds
     */
    static Shape of(Server server, GuestCounters counters, List<String> macs, @Nullable Long uptime) {
        Map<String, NicCounters> cards = counters.getNicsList().stream()
                .collect(Collectors.toMap(NicCounters::getMac, Function.identity(), (first, _) -> first));
        boolean told = counters.getMemoryKib() > 0;
        List<DiskCounters> disks = told ? counters.getDisksList() : List.of(DiskCounters.getDefaultInstance());
        return new Shape()
                .with("config_drive", server.boot().configDrive())
                .with("state", "running")
                .with("driver", "libvirt")
                .with("hypervisor", told ? counters.getHypervisor() : null)
                .with("hypervisor_os", "linux")
                .with("uptime", uptime)
                .with("num_cpus", server.size().vcpus())
                .with("num_nics", macs.size())
                .with("num_disks", disks.size())
                .with(
                        "cpu_details",
                        IntStream.range(0, server.size().vcpus())
                                .mapToObj(id -> processor(counters, id))
                                .toList())
                .with(
                        "nic_details",
                        macs.stream()
                                .map(mac -> nic(mac, cards.getOrDefault(mac, NicCounters.getDefaultInstance())))
                                .toList())
                .with("disk_details", disks.stream().map(DiagnosticsView::disk).toList())
                .with(
                        "memory_details",
                        new Shape()
                                .with(
                                        "maximum",
                                        told
                                                ? counters.getMemoryKib() / KIB_PER_MIB
                                                : server.size().ramMb())
                                .with("used", told ? counters.getMemoryUsedKib() / KIB_PER_MIB : null));
    }

    private static Shape processor(GuestCounters counters, int id) {
        return new Shape()
                .with("id", id)
                .with("time", id < counters.getProcessorNanosCount() ? counters.getProcessorNanos(id) : null)
                .with("utilisation", null);
    }

    private static Shape disk(DiskCounters disk) {
        return new Shape()
                .with("read_bytes", known(disk, DiskCounters::hasReadBytes, DiskCounters::getReadBytes))
                .with("read_requests", known(disk, DiskCounters::hasReadRequests, DiskCounters::getReadRequests))
                .with("write_bytes", known(disk, DiskCounters::hasWriteBytes, DiskCounters::getWriteBytes))
                .with("write_requests", known(disk, DiskCounters::hasWriteRequests, DiskCounters::getWriteRequests))
                .with("errors_count", known(disk, DiskCounters::hasErrors, DiskCounters::getErrors));
    }

    private static Shape nic(String mac, NicCounters nic) {
        return new Shape()
                .with("mac_address", mac)
                .with("rx_octets", known(nic, NicCounters::hasReceivedBytes, NicCounters::getReceivedBytes))
                .with("rx_errors", known(nic, NicCounters::hasReceiveErrors, NicCounters::getReceiveErrors))
                .with("rx_drop", known(nic, NicCounters::hasReceiveDrops, NicCounters::getReceiveDrops))
                .with("rx_packets", known(nic, NicCounters::hasReceivedPackets, NicCounters::getReceivedPackets))
                .with("rx_rate", null)
                .with("tx_octets", known(nic, NicCounters::hasSentBytes, NicCounters::getSentBytes))
                .with("tx_errors", known(nic, NicCounters::hasSendErrors, NicCounters::getSendErrors))
                .with("tx_drop", known(nic, NicCounters::hasSendDrops, NicCounters::getSendDrops))
                .with("tx_packets", known(nic, NicCounters::hasSentPackets, NicCounters::getSentPackets))
                .with("tx_rate", null);
    }

    private static <T> @Nullable Long known(T counters, Predicate<T> has, Function<T, Long> value) {
        return has.test(counters) ? value.apply(counters) : null;
    }
}
