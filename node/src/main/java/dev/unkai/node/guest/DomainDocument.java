package dev.unkai.node.guest;

import dev.unkai.node.host.Acceleration;
import dev.unkai.node.host.OvmfFirmware;
import dev.unkai.node.hypervisor.GuestMark;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Firmware;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.LocalDisk;
import dev.unkai.wire.node.Nic;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A guest's hardware as libvirt's domain XML: q35, everything virtio, no TCP port opened, no more than the plan says. What QEMU may
 * do on the host is bounded beside it by its own user and seccomp (qemu.conf) and by the control group limits here.
 */
public final class DomainDocument {
    /** Of QEMU itself, above the guest's memory: device state, buffers. QEMU must never be killed for a busy guest. */
    private static final long OVERHEAD_MIB = 1024;

    /** Translated code kept by TCG; its default takes up to 1 GiB of the host. */
    private static final int TRANSLATION_CACHE_MIB = 128;

    /** Disks, serial channel, video, balloon, random numbers: each takes a PCI Express root port. */
    private static final int OWN_DEVICES = 7;

    /** For network ports that come while the guest runs. */
    private static final int FREE_ROOT_PORTS = 8;

    /** libvirt would give every disk to QEMU's user, base images too; then one guest could write into the base of all. */
    private static final String OWNER_STAYS = "<seclabel model='dac' relabel='no'/>";

    private static final String ON_NOTHING = "<backingStore/>";

    private final Acceleration acceleration;
    private final String bridge;
    private final boolean kernelSwitch;
    private final boolean limitsMemory;

    /**
     * @param kernelSwitch whether Open vSwitch forwards in the kernel, not in its own process
     * @param limitsMemory whether this host can bound a guest's memory by its control group
     */
    public DomainDocument(Acceleration acceleration, String bridge, boolean kernelSwitch, boolean limitsMemory) {
        this.acceleration = acceleration;
        this.bridge = bridge;
        this.kernelSwitch = kernelSwitch;
        this.limitsMemory = limitsMemory;
    }

    /** The domain of {@code guest} with its files in {@code files}, its disk over {@code base} or on nothing. */
    public String xml(Guest guest, GuestDirectory files, Optional<Path> base) {
        return xml(guest, files, base, Optional.empty());
    }

    /** The same; a rescued guest boots from its rescue disk over {@code rescueBase}, and its own disk is the second. */
    public String xml(Guest guest, GuestDirectory files, Optional<Path> base, Optional<Path> rescueBase) {
        StringBuilder nics = new StringBuilder();
        for (int number = 0; number < guest.getNicsCount(); number++) {
            Nic nic = guest.getNics(number);
            nics.append(nicXml(nic, TaggedDevices.address(nic.getTag(), TaggedDevices.nicBus(guest, number))));
        }
        return """
                <domain type='%s'>
                  <name>unkai-%s</name>
                  <uuid>%s</uuid>
                  <metadata>%s</metadata>
                  <memory unit='MiB'>%d</memory>
                  <vcpu>%d</vcpu>
                  %s
                  <cputune><shares>%d</shares></cputune>
                  <os><type arch='x86_64' machine='q35'>hvm</type>%s</os>
                  <features><acpi/><apic/>%s</features>
                  %s
                  <clock offset='utc'>%s</clock>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>restart</on_reboot>
                  <on_crash>destroy</on_crash>
                  <devices>
                    <emulator>/usr/bin/qemu-system-x86_64</emulator>
                    %s
                    <controller type='usb' model='none'/>
                    %s
                    %s
                    <serial type='unix'>
                      <source mode='bind' path='%s'/>
                      <log file='%s' append='on'/>
                      <target port='0'/>
                    </serial>
                    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                    <graphics type='vnc' socket='%s'/>
                    <video><model type='virtio'/></video>
                    <memballoon model='virtio'/>
                    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                  </devices>
                </domain>
                """.formatted(
                acceleration.domainType(),
                guest.getId(),
                guest.getId(),
                GuestMark.xml(guest),
                guest.getMemoryMib(),
                guest.getVcpus(),
                memoryLimit(guest),
                1024L * guest.getVcpus(),
                firmware(guest, files),
                acceleration.kvm() ? "" : "<tcg><tb-cache unit='MiB'>" + TRANSLATION_CACHE_MIB + "</tb-cache></tcg>",
                processor(),
                timers(),
                disks(guest, files, base, rescueBase),
                rootPorts(guest),
                nics,
                escape(files.serialSocket().toString()),
                escape(files.serialLog().toString()),
                escape(files.vncSocket().toString()));
    }

    /** In the order in which the guest sees them: what it boots from, its own, those beside it, the config drive. */
    private static String disks(Guest guest, GuestDirectory files, Optional<Path> base, Optional<Path> rescueBase) {
        StringBuilder disks = new StringBuilder();
        Disk own = guest.getDisk();
        String ownBase = base.map(image -> backing(own, image)).orElse(ON_NOTHING);
        String ownAddress = TaggedDevices.address(own.getTag(), TaggedDevices.ownDiskBus(guest));
        int next = 0;
        if (rescueBase.isPresent()) {
            String rescue = backing(guest.getRescue().getDisk(), rescueBase.get());
            disks.append(diskXml(files.rescueDisk(), rescue, TaggedDevices.device(next++), bootOrder(1)));
        }
        disks.append(diskXml(
                files.disk(own.getEdition()),
                ownBase,
                TaggedDevices.device(next),
                bootOrder(rescueBase.isPresent() ? 2 : 1) + ownAddress));
        next++;
        for (int number = 0; rescueBase.isEmpty() && number < guest.getLocalDisksCount(); number++) {
            LocalDisk local = guest.getLocalDisks(number);
            disks.append(diskXml(
                    files.localDisk(local.getName(), local.getEdition()),
                    ON_NOTHING,
                    TaggedDevices.device(next++),
                    TaggedDevices.address(local.getTag(), TaggedDevices.localDiskBus(number))));
        }
        return disks.append(configDrive(guest, files, TaggedDevices.device(next)))
                .toString();
    }

    private static String bootOrder(int order) {
        return "<boot order='" + order + "'/>";
    }

    private static String diskXml(Path file, String backing, String device, String rest) {
        return "<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='writeback' discard='unmap'"
                + " detect_zeroes='off' error_policy='enospace'/><source file='" + escape(file.toString()) + "'>"
                + OWNER_STAYS + "</source>" + backing
                + "<target dev='" + device + "' bus='virtio'/>" + rest + "</disk>";
    }

    private static String backing(Disk disk, Path base) {
        return "<backingStore type='file'><format type='"
                + escape(disk.getImageFormat())
                + "'/><source file='" + escape(base.toString()) + "'>" + OWNER_STAYS
                + "</source><backingStore/></backingStore>";
    }

    /** A guest without one is told the same by the metadata service. */
    private static String configDrive(Guest guest, GuestDirectory files, String device) {
        return guest.hasConfigDrive() ? """
                <disk type='file' device='disk'>
                      <driver name='qemu' type='raw' cache='writeback'/>
                      <source file='%s'>%s</source>
                      <target dev='%s' bus='virtio'/>
                      <readonly/>
                      <serial>config-2</serial>
                    </disk>""".formatted(escape(files.configDrive().toString()), OWNER_STAYS, device) : "";
    }

    /** One network port that comes while the guest runs; its id is the OVN port's, by which ovn-controller finds the interface. */
    public String nicXml(Nic nic) {
        return nicXml(nic, "");
    }

    private String nicXml(Nic nic, String address) {
        String mtu = nic.getMtu() > 0 ? "<mtu size='" + nic.getMtu() + "'/>" : "";
        return "<interface type='bridge'><source bridge='" + escape(bridge) + "'/><mac address='" + escape(nic.getMac())
                + "'/><virtualport type='openvswitch'><parameters interfaceid='" + escape(nic.getPortId())
                + "'/></virtualport><model type='virtio'/>" + offloads() + mtu + address + "</interface>";
    }

    /**
     * A guest leaves checksums and segments to its card. The switch's own process gets such packets unfinished, and its
     * connection tracking takes them for forged: there the guest has to finish its packets itself.
     */
    private String offloads() {
        return kernelSwitch
                ? ""
                : "<driver><host csum='off' gso='off' tso4='off' tso6='off' ecn='off' ufo='off'/>"
                        + "<guest csum='off' tso4='off' tso6='off' ecn='off' ufo='off'/></driver>";
    }

    /** A device is plugged in where a port is free; libvirt by itself makes just one more than it needs. */
    private static String rootPorts(Guest guest) {
        return "<controller type='pci' index='0' model='pcie-root'/>"
                + "<controller type='pci' model='pcie-root-port'/>"
                        .repeat(OWN_DEVICES + guest.getLocalDisksCount() + guest.getNicsCount() + FREE_ROOT_PORTS);
    }

    private String memoryLimit(Guest guest) {
        return limitsMemory
                ? "<memtune><hard_limit unit='MiB'>" + (guest.getMemoryMib() + OVERHEAD_MIB) + "</hard_limit></memtune>"
                : "";
    }

    private String processor() {
        // TCG: a model that meets x86-64-v2, which today's distributions ask for, and nothing that is slow to translate
        return acceleration.kvm()
                ? "<cpu mode='host-model'/>"
                : "<cpu mode='custom' match='exact' check='none'><model fallback='allow'>Nehalem</model></cpu>";
    }

    private String timers() {
        return acceleration.kvm()
                ? "<timer name='rtc' tickpolicy='catchup'/><timer name='pit' tickpolicy='delay'/><timer name='hpet' present='no'/>"
                : "";
    }

    private static String firmware(Guest guest, GuestDirectory files) {
        if (guest.getFirmware() != Firmware.UEFI) {
            return "";
        }
        return "<loader readonly='yes' type='pflash'>" + OvmfFirmware.CODE + "</loader><nvram template='"
                + OvmfFirmware.VARIABLES + "'>" + escape(files.variables().toString()) + "</nvram>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }
}
