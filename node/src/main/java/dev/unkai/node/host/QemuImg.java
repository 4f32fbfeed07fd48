package dev.unkai.node.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * QEMU's tool for disk files, as a process: for what copies whole disks, where its start does not matter. Failures
 * are told in the tool's own words, and it is ended when the calling thread is interrupted.
 */
public final class QemuImg implements DiskTool {
    private static final String TOOL = "/usr/bin/qemu-img";
    private static final String LAZY = "lazy_itable_init=1,nodiscard";
    private static final String LAZY_JOURNAL = LAZY + ",lazy_journal_init=1";

    @Override
    public void create(Path disk, long size) throws IOException {
        tool("create", "-q", "-f", "qcow2", disk.toString(), Long.toString(size));
    }

    @Override
    public void format(Path disk, long size, String format, String label) throws IOException {
        Path raw = disk.resolveSibling(disk.getFileName() + ".raw");
        Files.deleteIfExists(raw);
        try {
            try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
                file.setLength(size); // a hole: only what the file system writes takes room
            }
            run(maker(raw, format, label));
            tool("convert", "-q", "-f", "raw", "-O", "qcow2", raw.toString(), disk.toString());
        } finally {
            Files.deleteIfExists(raw);
        }
    }

    private static List<String> maker(Path raw, String format, String label) throws IOException {
        return switch (format) {
            case "swap" -> List.of("/sbin/mkswap", raw.toString());
            // what is left for later is done by the guest's kernel, and is zero in a new disk anyway
            case "ext2" -> List.of("/sbin/mkfs.ext2", "-q", "-F", "-L", label, "-E", LAZY, raw.toString());
            case "ext3", "ext4" ->
                List.of("/sbin/mkfs." + format, "-q", "-F", "-L", label, "-E", LAZY_JOURNAL, raw.toString());
            default -> throw new IOException("this host cannot make the file system " + format);
        };
    }

    @Override
    public void flatten(Path disk, Path into) throws IOException {
        tool("convert", "-q", "-f", "qcow2", "-O", "qcow2", disk.toString(), into.toString());
    }

    @Override
    public void copy(Path disk, Path into) throws IOException {
        run(List.of("/bin/cp", "--reflink=auto", "--sparse=always", disk.toString(), into.toString()));
    }

    @Override
    public void grow(Path disk, long size) throws IOException {
        tool("resize", "-q", "-f", "qcow2", disk.toString(), Long.toString(size));
    }

    private static void tool(String... arguments) throws IOException {
        run(Stream.concat(Stream.of(TOOL), Stream.of(arguments)).toList());
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
