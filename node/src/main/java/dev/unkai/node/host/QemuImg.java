package dev.unkai.node.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * QEMU's tool for disk files, as a process: for what copies whole disks, where its start does not matter. Every method throws an
 * IOException with the tool's own words, and ends the tool when the calling thread is interrupted.
 */
public final class QemuImg {
    private static final String TOOL = "/usr/bin/qemu-img";

    private QemuImg() {}

    /** An empty disk of {@code size} bytes that lies on nothing. */
    public static void create(Path disk, long size) throws IOException {
        tool("create", "-q", "-f", "qcow2", disk.toString(), Long.toString(size));
    }

    /** Everything that {@code disk} shows, that of its base too, as one file that lies on nothing. */
    public static void flatten(Path disk, Path into) throws IOException {
        tool("convert", "-q", "-f", "qcow2", "-O", "qcow2", disk.toString(), into.toString());
    }

    /** The same disk once more, over the same base; shares the blocks where the file system can. */
    public static void copy(Path disk, Path into) throws IOException {
        run(List.of("/bin/cp", "--reflink=auto", "--sparse=always", disk.toString(), into.toString()));
    }

    /** Makes the disk larger; what it holds stays. */
    public static void grow(Path disk, long size) throws IOException {
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
