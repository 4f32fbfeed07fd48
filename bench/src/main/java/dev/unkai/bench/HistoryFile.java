package dev.unkai.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A history as a file with its proofs: how long it takes, and what the processes hold in memory meanwhile. */
final class HistoryFile {
    private final BenchSite site;
    private final LedgerRows rows;
    private final Consumer<Object> told;

    HistoryFile(BenchSite site, LedgerRows rows, Consumer<Object> told) {
        this.site = site;
        this.rows = rows;
        this.told = told;
    }

    void measure(long events) throws Exception {
        Instant before = rows.received(events - 1);
        // The first file is not measured: the JVMs take memory for what they learn.
        read("/service/v1/history/export?until=" + rows.received(events / 20), events / 20, false);
        Memory memory = new Memory();
        Thread watch = Thread.ofPlatform().start(memory::watch);
        long start = System.nanoTime();
        long bytes = read("/service/v1/history/export?until=" + before, events - 1, true);
        double seconds = (System.nanoTime() - start) / 1e9;
        watch.interrupt();
        watch.join();
        Figure raw = Figure.of("the same rows by COPY", "s", rows.copy(before));
        told.accept(raw);
        told.accept(Figure.of(events - 1 + " events as a file", "s", seconds).against(raw));
        told.accept(Figure.of("events of the file", "/s", (events - 1) / seconds));
        told.accept(Figure.of("its size", "MiB", bytes / 1048576.0));
        tell(memory);
    }

    /** The first events as a PDF. */
    void paper(long events) throws Exception {
        Memory memory = new Memory();
        Thread watch = Thread.ofPlatform().start(memory::watch);
        long start = System.nanoTime();
        HttpResponse<InputStream> answer =
                site.stream("/service/v1/history/export?format=pdf&language=ja&until=" + rows.received(events - 1));
        long bytes;
        try (InputStream in = answer.body()) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        watch.interrupt();
        watch.join();
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The PDF was answered with " + answer.statusCode());
        }
        told.accept(Figure.of(events - 1 + " events as a PDF", "s", seconds));
        told.accept(Figure.of("its size", "MiB", bytes / 1048576.0));
        tell(memory);
    }

    private void tell(Memory memory) {
        memory.first.forEach(
                (process, mebibytes) -> told.accept(Figure.of("resident before: " + process, "MiB", mebibytes)));
        memory.peak.forEach(
                (process, mebibytes) -> told.accept(Figure.of("at its peak: " + process, "MiB", mebibytes)));
    }

    /** Its bytes. Throws when it has not so many events, or no end. */
    private long read(String path, long events, boolean tells) throws IOException {
        HttpResponse<InputStream> answer = site.stream(path);
        long lines = 0;
        long bytes = 0;
        String last = "";
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8), 1 << 16)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                bytes += line.length() + 1;
                last = line;
                if (tells && lines % Math.max(1, events / 10) == 0) {
                    told.accept("  " + lines * 100 / events + " %");
                }
            }
        }
        if (answer.statusCode() != 200 || lines != events + 2) {
            throw new IllegalStateException(
                    "The file has " + lines + " lines for " + events + " events and ends with " + last);
        }
        return bytes;
    }

    /** Of the two processes, while somebody watches. */
    private final class Memory {
        private final Map<String, Double> first = new TreeMap<>();
        private final Map<String, Double> peak = new TreeMap<>();
        private final ProcessorTime time = new ProcessorTime(site.data());

        void watch() {
            while (!Thread.currentThread().isInterrupted()) {
                for (String process : new String[] {"cloud", "ledger"}) {
                    double now = Residents.mebibytes(time.pid(process));
                    first.putIfAbsent(process, now);
                    peak.merge(process, now, Math::max);
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
