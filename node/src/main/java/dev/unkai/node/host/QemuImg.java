package dev.unkai.node.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * QEMU's tool for disk files, as a process: for what copies whole disks, where its start does not matter. Failures
 * are told in the tool's own words, and it is ended when the calling thread is interrupted.
 */
public final class QemuImg implements DiskTool {
    private static final String TOOL = "/usr/bin/qemu-img";

    @Override
    public void create(Path disk, long size) throws IOException {
        tool("create", "-q", "-f", "qcow2", disk.toString(), Long.toString(size));
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
