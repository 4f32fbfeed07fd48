package dev.unkai.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.wire.node.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    @TempDir
    private Path state;

    private final Map<String, byte[]> stored = new HashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Set<Path> inUse = new HashSet<>();
    private final CountDownLatch mayFetch = new CountDownLatch(1);
    private long freeBytes = Long.MAX_VALUE / 2;
    private ImageCache cache;

    @BeforeEach
    void setUp() throws Exception {
        mayFetch.countDown();
        cache = cache(mayFetch);
    }

    @Test
    void fetchesOnceAndKeepsTheImageOverRestarts() throws Exception {
        Disk disk = store("one", "content");

        Path file = cache.ensure(disk).get(10, TimeUnit.SECONDS);
        Path again = cache(mayFetch).ensure(disk).get(10, TimeUnit.SECONDS);

        assertThat(file).hasContent("content").isEqualTo(again);
        assertThat(Files.getPosixFilePermissions(file).toString()).doesNotContain("WRITE");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void manyWhoWantTheSameImageShareOneFetch() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        cache = cache(gate);
        Disk disk = store("one", "content");

        List<CompletableFuture<Path>> all = new ArrayList<>();
        for (int guest = 0; guest < 20; guest++) {
            all.add(cache.ensure(disk));
        }
        gate.countDown();
        for (CompletableFuture<Path> each : all) {
            assertThat(each.get(10, TimeUnit.SECONDS)).hasContent("content");
        }

        assertThat(fetches).hasValue(1);
    }

    @Test
    void aWrongChecksumIsTriedOnceMoreAndLeavesNothing() throws Exception {
        Disk disk = store("one", "content");
        stored.put("one", "forged!".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> cache.ensure(disk).get(10, TimeUnit.SECONDS))
                .hasRootCauseMessage(
                        "The image one is corrupt: its checksum is not the one it was stored with. Upload it again.");

        assertThat(fetches).hasValue(2);
        assertThat(names()).isEmpty();
    }

    @Test
    void whoAsksAgainOnHearingOfAFailureStartsAFreshFetch() throws Exception {
        Disk disk = store("one", "content");
        stored.put("one", "forged!".getBytes(StandardCharsets.UTF_8));

        CompletableFuture<Path> again = cache.ensure(disk).exceptionallyCompose(failure -> {
            stored.put("one", "content".getBytes(StandardCharsets.UTF_8));
            return cache.ensure(disk);
        });

        assertThat(again.get(10, TimeUnit.SECONDS)).hasContent("content");
    }

    @Test
    void anImageWithoutChecksumIsRefused() {
        assertThatThrownBy(() -> cache.ensure(Disk.newBuilder()
                                .setImageSha512("../../etc/passwd")
                                .build())
                        .get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void unusedImagesMakeRoomOldestFirst() throws Exception {
        Path oldest = keep("oldest", 1000);
        Path used = keep("used", 2000);
        Path newer = keep("newer", 3000);
        inUse.add(used);
        freeBytes = 0;
        Disk disk = store("new", "content");

        CompletableFuture<Path> fetched = cache.ensure(disk);
        // each image thrown away frees a gigabyte
        assertThat(fetched.get(10, TimeUnit.SECONDS)).hasContent("content");

        assertThat(oldest).doesNotExist();
        assertThat(used).exists();
        assertThat(newer).exists();
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        inUse.add(keep("used", 1000));
        freeBytes = 0;

        assertThatThrownBy(() -> cache.ensure(store("new", "content")).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("No space left");
        assertThat(fetches).hasValue(0);
    }

    @Test
    void unfinishedFetchesAreSweptAtStart() throws Exception {
        Files.writeString(state.resolve("images/abc.part"), "half");

        cache(mayFetch);

        assertThat(names()).isEmpty();
    }

    private ImageCache cache(CountDownLatch gate) throws IOException {
        return new ImageCache(
                state,
                (id, sink) -> {
                    fetches.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    sink.accept(stored.get(id));
                },
                () -> freeBytes + (filesWhenFull - count()) * (1L << 30),
                () -> inUse,
                Clock.systemUTC(),
                work -> Thread.ofVirtual().start(work));
    }

    private long filesWhenFull;

    private long count() {
        return names().size();
    }

    private List<String> names() {
        try (var files = Files.list(state.resolve("images"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".part") || name.startsWith("abc"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Path keep(String content, long lastUse) throws Exception {
        Path file = cache.ensure(store(content, content)).get(10, TimeUnit.SECONDS);
        Files.setLastModifiedTime(file, FileTime.fromMillis(lastUse));
        fetches.set(0);
        filesWhenFull = count();
        return file;
    }

    private Disk store(String id, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        stored.put(id, bytes);
        return Disk.newBuilder()
                .setImageId(id)
                .setImageFormat("raw")
                .setImageSize(bytes.length)
                .setImageSha512(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(bytes)))
                .build();
    }
}
