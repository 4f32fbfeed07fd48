package dev.unkai.node.host;

import dev.unkai.node.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether KVM really runs guests, by running one for a moment: /dev/kvm also exists where it does not.
 * The answer is kept beside kernel and QEMU version, so that only a changed host is asked again.
 */
public final class AccelerationProbe {
    private static final Logger log = LoggerFactory.getLogger(AccelerationProbe.class);
    private static final String QEMU = Qemu.BINARY.toString();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What QEMU's isa-debug-exit device makes of the value 0x10 that the boot sector writes: (0x10 << 1) | 1. */
    private static final int GUEST_RAN = 0x21;

    /** mov al,0x10; out 0xf4,al; hlt; jmp to hlt */
    private static final byte[] BOOT_SECTOR_CODE = {
        (byte) 0xb0, 0x10, (byte) 0xe6, (byte) 0xf4, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd
    };

    private final Path state;
    private final String versions;
    private final Path device;

    /**
     * @param state directory for the kept answer
     * @param versions of kernel and hypervisor: another text, another probe
     */
    public AccelerationProbe(Path state, String versions) {
        this(state, versions, Path.of("/dev/kvm"));
    }

    AccelerationProbe(Path state, String versions, Path device) {
        this.state = state;
        this.versions = versions;
        this.device = device;
    }

    public Acceleration find() {
        if (!Files.exists(device)) {
            return new Acceleration(false, "The host has no /dev/kvm; guests run in software.");
        }
        Path kept = state.resolve("acceleration");
        try {
            if (Files.exists(kept)) {
                List<String> lines = Files.readAllLines(kept);
                if (lines.size() >= 2 && lines.get(0).equals(versions)) {
                    return new Acceleration(lines.get(1).equals("kvm"), lines.size() > 2 ? lines.get(2) : "");
                }
            }
            Acceleration found = bootForAMoment();
            log.info("Probed KVM by booting a guest: {} {}", found.fact(), found.note());
            DurableFile.write(kept, versions + "\n" + found.fact() + "\n" + found.note() + "\n");
            return found;
        } catch (IOException e) {
            return new Acceleration(false, "KVM could not be probed (" + e.getMessage() + "); guests run in software.");
        }
    }

    private Acceleration bootForAMoment() throws IOException {
        Path disk = state.resolve("probe.img");
        Path output = state.resolve("probe.log");
        byte[] sector = new byte[512];
        System.arraycopy(BOOT_SECTOR_CODE, 0, sector, 0, BOOT_SECTOR_CODE.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        Files.write(disk, sector);
        Process qemu = new ProcessBuilder(
                        QEMU,
                        "-machine",
                        "q35,accel=kvm",
                        "-cpu",
                        "host",
                        "-m",
                        "64",
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-device",
                        "isa-debug-exit,iobase=0xf4,iosize=0x04",
                        "-drive",
                        "format=raw,file=" + disk)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!qemu.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Acceleration(
                        false, "/dev/kvm exists, but a guest hung on it for 3 s; guests run in software.");
            }
            if (qemu.exitValue() == GUEST_RAN) {
                return new Acceleration(true, "");
            }
            String said = Files.readString(output)
                    .strip()
                    .lines()
                    .reduce((first, last) -> last)
                    .orElse("no message");
            return new Acceleration(
                    false, "/dev/kvm exists, but does not run guests (" + said + "); guests run in software.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Acceleration(false, "The probe of KVM was interrupted; guests run in software.");
        } finally {
            qemu.destroyForcibly();
            Files.deleteIfExists(disk);
            Files.deleteIfExists(output);
        }
    }
}
