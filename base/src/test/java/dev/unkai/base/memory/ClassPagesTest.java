package dev.unkai.base.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this process, which maps files as the JVM maps its cache. */
class ClassPagesTest {
    private static final int SIZE = 4 << 20;

    @TempDir
    Path directory;

    @Test
    void whatWasReadOfACacheIsGivenBackAndReadsAsBefore() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cache = mapped("some.aot", arena);
            MemorySegment other = mapped("some.jar", arena);
            assertThat(residentKib("some.aot")).isEqualTo(SIZE / 1024);

            new ClassPages().giveBack();
            assertThat(residentKib("some.aot")).isZero();
            assertThat(residentKib("some.jar")).as("another file").isEqualTo(SIZE / 1024);

            assertThat(cache.get(ValueLayout.JAVA_BYTE, SIZE / 2)).isEqualTo((byte) 7);
            assertThat(residentKib("some.aot"))
                    .as("no neighbours come with a page")
                    .isLessThanOrEqualTo(64);
            assertThat(other.get(ValueLayout.JAVA_BYTE, SIZE / 2)).isEqualTo((byte) 7);
        }
    }

    @Test
    void pagesThatAreNowhereElseAreKept() throws IOException {
        Path file = Files.write(directory.resolve("changed.aot"), new byte[SIZE]);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment changed = channel.map(FileChannel.MapMode.PRIVATE, 0, SIZE, arena);
            changed.fill((byte) 5);
            protect(changed);

            new ClassPages().giveBack();
            assertThat(changed.get(ValueLayout.JAVA_BYTE, SIZE / 2)).isEqualTo((byte) 5);
        }
    }

    /** As the JVM does once it has adapted a cache to where it lies. */
    private static void protect(MemorySegment segment) {
        Linker linker = Linker.nativeLinker();
        MethodHandle mprotect = linker.downcallHandle(
                linker.defaultLookup().find("mprotect").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        assertThatCode(() -> assertThat((int) mprotect.invokeExact(segment, segment.byteSize(), 1))
                        .isZero())
                .doesNotThrowAnyException();
    }

    private MemorySegment mapped(String name, Arena arena) throws IOException {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) 7);
        Path file = Files.write(directory.resolve(name), content);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.force(true);
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, SIZE, arena);
            segment.load();
            return segment;
        }
    }

    private static long residentKib(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps"))) {
            List<String> all =
                    lines.dropWhile(line -> !line.endsWith("/" + name)).toList();
            return all.stream()
                    .filter(line -> line.startsWith("Rss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
