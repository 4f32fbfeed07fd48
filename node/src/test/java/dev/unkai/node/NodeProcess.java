package dev.unkai.node;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A real node in a process of its own, with the memory it has in production; to be killed at any moment. */
public final class NodeProcess implements AutoCloseable {
    private final Path directory;
    private final Properties properties = new Properties();
    private Process process;

    public NodeProcess(Path directory, String libvirtUri, int cloudPort, PemFiles tls) throws IOException {
        this.directory = Files.createDirectories(directory);
        properties.setProperty("host.id", "0d5c3f5e-7d0a-4c9e-9b0f-2f1f4b8f7a11");
        properties.setProperty("host.name", "test-host");
        properties.setProperty("cloud.address", "127.0.0.1:" + cloudPort);
        properties.setProperty("tls.certificate", tls.certificate().toString());
        properties.setProperty("tls.key", tls.key().toString());
        properties.setProperty("tls.authority", tls.authority().toString());
        properties.setProperty("libvirt.uri", libvirtUri);
        properties.setProperty("state.dir", state().toString());
        properties.setProperty("ready.file", readyFile().toString());
        properties.setProperty("domain.type", "qemu");
        properties.setProperty("shutdown.patience.seconds", "5");
    }

    /** Before the start: another value of a property. */
    public NodeProcess with(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    public Path state() {
        return directory.resolve("node");
    }

    public Path readyFile() {
        return directory.resolve("node.ready");
    }

    public void start() throws IOException {
        Path file = directory.resolve("node.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.unkai.node.Node",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("node.log").toFile()))
                .start();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    public String log() throws IOException {
        return Files.readString(directory.resolve("node.log"));
    }

    public long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
