package dev.unkai.base.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unchanged pages of the class cache (decision 0091). A start reads nearly all of them, a process at work few; what is given back and needed after all is
 * read again from the file, page by page.
 */
public final class ClassPages {
    /** The first line of a mapping in proc_pid_smaps(5): of a cache's file, nothing but readable. */
    private static final Pattern READ_ONLY =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--[ps] \\S+ \\S+ \\S+\\s+(/.*\\.aot)");

    /** Pages that were written before the mapping became read-only: these are nowhere else. */
    private static final Pattern OWN = Pattern.compile("(?:Anonymous|Swap):\\s+[1-9]\\d* kB");

    // madvise(2), posix_fadvise(2), open(2)
    private static final int MADV_RANDOM = 1;
    private static final int MADV_DONTNEED = 4;
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int O_CLOEXEC = 0x80000;

    /** A page that somebody touches between the two steps stays, with what the kernel maps around it; the next round has the neighbours. */
    private static final int ROUNDS = 10;

    private final MethodHandle madvise =
            bind("madvise", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private final MethodHandle fadvise = bind(
            "posix_fadvise", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private final MethodHandle open = bind("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private final MethodHandle close = bind("close", ValueLayout.JAVA_INT);

    /** Gives them back to the machine; a kernel that refuses keeps them, which harms nobody. */
    public void giveBack() {
        List<String> lines = lines();
        for (int at = 0; at < lines.size(); at++) {
            Matcher mapping = READ_ONLY.matcher(lines.get(at));
            if (mapping.matches() && !hasOwnPages(lines, at + 1)) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                long end = Long.parseUnsignedLong(mapping.group(2), 16);
                giveBack(MemorySegment.ofAddress(start), end - start, mapping.group(3));
            }
        }
    }

    private void giveBack(MemorySegment start, long length, String file) {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) open.invokeExact(arena.allocateFrom(file), O_CLOEXEC);
            if (descriptor < 0) {
                return;
            }
            // First, so that the kernel reads no neighbours of a page with it.
            int random = (int) madvise.invokeExact(start, length, MADV_RANDOM);
            for (int round = 0; round < ROUNDS; round++) {
                int unmapped = (int) madvise.invokeExact(start, length, MADV_DONTNEED);
                int forgotten = (int) fadvise.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED);
            }
            int closed = (int) close.invokeExact(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // a handle declares it, whatever stands behind; a function of C throws nothing
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasOwnPages(List<String> lines, int from) {
        return lines.subList(from, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("VmFlags:"))
                .anyMatch(line -> OWN.matcher(line).matches());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("/proc/self/smaps"));
        } catch (IOException e) {
            return List.of(); // not Linux
        }
    }

    private static MethodHandle bind(String function, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(function).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
