package dev.unkai.node.host;

import dev.unkai.wire.node.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Reads what this host has: processors, memory, disk, versions, clock. */
public final class HostFactsReader {
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    /** Memory the host keeps for itself: never offered to guests when the operator set no cap. */
    private static final long OWN_MEMORY_MIB = 1024;

    private final Path state;
    private final OptionalLong memoryMib;
    private final OptionalLong vcpus;
    private final OptionalLong diskGib;

    /** The three caps are the operator's; without one, what the kernel says counts. */
    public HostFactsReader(Path state, OptionalLong memoryMib, OptionalLong vcpus, OptionalLong diskGib) {
        this.state = state;
        this.memoryMib = memoryMib;
        this.vcpus = vcpus;
        this.diskGib = diskGib;
    }

    public HostFacts read(Acceleration acceleration, String hypervisorVersion, String libvirtVersion) {
        return HostFacts.newBuilder()
                .setVcpus((int) vcpus.orElse(Runtime.getRuntime().availableProcessors()))
                .setMemoryMib(memoryMib.orElse(Math.max(256, meminfoMib("MemTotal:") - OWN_MEMORY_MIB)))
                .setDiskGib(diskGib.orElse(totalDiskGib()))
                .setAcceleration(acceleration.fact())
                .setAccelerationNote(acceleration.note())
                .setHypervisorVersion(hypervisorVersion)
                .setLibvirtVersion(libvirtVersion)
                .setKernel(kernel())
                .setCpuModel(cpuModel())
                .setClockOffsetSeconds(clockOffset())
                .setUefi(OvmfFirmware.installed())
                .setNodeVersion(version())
                .build();
    }

    public static String kernel() {
        return System.getProperty("os.version", "");
    }

    public long memoryFreeMib() {
        return meminfoMib("MemAvailable:");
    }

    public long diskFreeGib() {
        return diskFree() / GIB;
    }

    /** Bytes that can still be written below the state directory. */
    public long diskFree() {
        try {
            return Files.getFileStore(state).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private long totalDiskGib() {
        try {
            return Files.getFileStore(state).getTotalSpace() / GIB;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long meminfoMib(String key) {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String cpuModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** What chrony says this clock is off by, in seconds; 0 where chrony does not run. */
    private static double clockOffset() {
        if (!Files.isExecutable(Path.of("/usr/bin/chronyc"))) {
            return 0;
        }
        try {
            Process chronyc = new ProcessBuilder("/usr/bin/chronyc", "-c", "tracking")
                    .redirectErrorStream(true)
                    .start();
            try (var output = chronyc.inputReader()) {
                if (!chronyc.waitFor(1, TimeUnit.SECONDS)) {
                    chronyc.destroyForcibly();
                    return 0;
                }
                String line = output.readLine();
                // reference id, address, stratum, time, system offset, …
                String[] fields = line == null ? new String[0] : line.split(",", -1);
                return fields.length > 4 ? Double.parseDouble(fields[4]) : 0;
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String version() {
        String version = HostFactsReader.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
