package dev.unkai.node.hypervisor;

import dev.unkai.wire.node.DiskCounters;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.NicCounters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libvirt.Domain;
import org.libvirt.DomainBlockStats;
import org.libvirt.DomainInfo;
import org.libvirt.DomainInterfaceStats;
import org.libvirt.LibvirtException;
import org.libvirt.VcpuInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running domain has used so far, as libvirt counts it. Asked for one guest at a time, when somebody wants to know. */
final class LibvirtCounters {
    private static final Logger log = LoggerFactory.getLogger(LibvirtCounters.class);
    private static final Pattern DOMAIN = Pattern.compile("<domain [^>]*?type=['\"](\\w+)['\"]");
    private static final Pattern DISK = Pattern.compile("<disk .*?</disk>", Pattern.DOTALL);
    private static final Pattern INTERFACE = Pattern.compile("<interface .*?</interface>", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("<target [^>]*?dev=['\"]([^'\"]+)['\"]");
    private static final Pattern MAC = Pattern.compile("<mac [^>]*?address=['\"]([^'\"]+)['\"]");

    private LibvirtCounters() {}

    static GuestCounters of(Domain domain) throws LibvirtException {
        DomainInfo info = domain.getInfo();
        String xml = domain.getXMLDesc(0);
        GuestCounters.Builder counters = GuestCounters.newBuilder()
                .setHypervisor(first(DOMAIN, xml).orElse("qemu"))
                .setMemoryKib(info.maxMem)
                .setMemoryUsedKib(info.memory);
        for (VcpuInfo processor : domain.getVcpusInfo()) {
            counters.addProcessorNanos(processor.cpuTime);
        }
        Matcher disk = DISK.matcher(xml);
        while (disk.find()) {
            Optional<String> device = first(TARGET, disk.group());
            if (device.isPresent()) {
                counters.addDisks(disk(domain, device.get()));
            }
        }
        Matcher card = INTERFACE.matcher(xml);
        while (card.find()) {
            Optional<String> device = first(TARGET, card.group());
            Optional<String> mac = first(MAC, card.group());
            if (device.isPresent() && mac.isPresent()) {
                counters.addNics(nic(domain, device.get(), mac.get()));
            }
        }
        return counters.build();
    }

    private static DiskCounters disk(Domain domain, String device) {
        DiskCounters.Builder disk = DiskCounters.newBuilder().setDevice(device);
        try {
            DomainBlockStats stats = domain.blockStats(device);
            disk.setReadBytes(stats.rd_bytes)
                    .setReadRequests(stats.rd_req)
                    .setWriteBytes(stats.wr_bytes)
                    .setWriteRequests(stats.wr_req);
            if (stats.errs >= 0) { // QEMU does not count them
                disk.setErrors(stats.errs);
            }
        } catch (LibvirtException e) {
            log.debug("Disk {} tells nothing: {}", device, e.getMessage());
        }
        return disk.build();
    }

    /** A switch that is just being restarted tells nothing of a card; the rest is told all the same. */
    private static NicCounters nic(Domain domain, String device, String mac) {
        NicCounters.Builder nic = NicCounters.newBuilder().setMac(mac).setDevice(device);
        try {
            DomainInterfaceStats stats = domain.interfaceStats(device);
            nic.setReceivedBytes(stats.rx_bytes)
                    .setReceivedPackets(stats.rx_packets)
                    .setReceiveErrors(stats.rx_errs)
                    .setReceiveDrops(stats.rx_drop)
                    .setSentBytes(stats.tx_bytes)
                    .setSentPackets(stats.tx_packets)
                    .setSendErrors(stats.tx_errs)
                    .setSendDrops(stats.tx_drop);
        } catch (LibvirtException e) {
            log.debug("Card {} tells nothing: {}", device, e.getMessage());
        }
        return nic.build();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
