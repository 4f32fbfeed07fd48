package dev.unkai.cloud.forward;

import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.TestFolder;
import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's rsyslogd with a TLS listener that wants a client certificate, in a folder of its own; it can be killed and started again. */
final class RealRsyslog implements AutoCloseable {
    private final Path folder = TestFolder.create("unkai-rsyslog");
    private final Path configuration = folder.resolve("rsyslog.conf");
    private final Path messages = folder.resolve("messages");
    private final int port;
    private Process process;

    /** Writes what comes at once. */
    RealRsyslog(PemFiles own) {
        this(own, "");
    }

    /** With the queue on disk that our manual has, which is emptied slowly here. */
    static RealRsyslog slow(PemFiles own) {
        return new RealRsyslog(own, """
                queue.type="Disk" queue.filename="unkai" queue.checkpointInterval="1"
                queue.dequeueBatchSize="20" queue.dequeueSlowdown="50000\"""");
    }

    private RealRsyslog(PemFiles own, String queue) {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
            Files.writeString(configuration, """
                    global(workDirectory="%1$s" maxMessageSize="64k" defaultNetstreamDriver="gtls"
                           defaultNetstreamDriverCAFile="%2$s" defaultNetstreamDriverCertFile="%3$s"
                           defaultNetstreamDriverKeyFile="%4$s")
                    module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/certvalid")
                    input(type="imtcp" port="%5$d" ruleset="unkai")
                    template(name="parts" type="list") {
                        property(name="pri") constant(value="\\t") property(name="hostname") constant(value="\\t")
                        property(name="app-name") constant(value="\\t") property(name="msgid") constant(value="\\t")
                        property(name="structured-data") constant(value="\\t") property(name="msg") constant(value="\\n")
                    }
                    ruleset(name="unkai" %7$s) {
                        action(type="omfile" file="%6$s" template="parts")
                    }
                    """.formatted(
                            folder, own.authority(), own.certificate(), own.key(), port, messages, queue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    int port() {
        return port;
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            "rsyslogd",
                            "-n",
                            "-f",
                            configuration.toString(),
                            "-i",
                            folder.resolve("pid").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(10, TimeUnit.SECONDS).until(this::listens);
    }

    private boolean listens() {
        try (Socket _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As a crash: nothing is written out before. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The parts of each message in the order in which they were written: priority, host, program, kind, structured data, message. */
    List<String[]> messages() {
        try {
            return Files.exists(messages)
                    ? Files.readString(messages, StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.split("\t", 6))
                            .filter(parts -> parts.length == 6)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
