package dev.unkai.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * One of the Java processes. Its jar is copied out of the checkout before it runs, so that a build does not pull the file
 * away from under a running process, and laid out flat, so that the JVM can share and cache its classes.
 */
enum Program {
    IDENTITY("identity", Account.IDENTITY, 56, 8, Compiler.QUICK, Rehearsal.CLASSES),
    /** Hashes: a tenth of the time once they are compiled to the processor's own instructions, which only the second compiler knows. */
    LEDGER("ledger", Account.LEDGER, 40, 6, Compiler.BOTH, Rehearsal.LINKED),
    CLOUD("cloud", Account.CLOUD, 128, 14, Compiler.BOTH, Rehearsal.LINKED),
    NODE("node", Account.ROOT, 40, 6, Compiler.QUICK, Rehearsal.CLASSES),
    GATEWAY("gateway", Account.GATEWAY, 24, 4, Compiler.QUICK, Rehearsal.NONE),
    /** This program itself, which renews certificates while the cloud runs. */
    LAUNCHER("launcher", Account.ROOT, 24, 4, Compiler.QUICK, Rehearsal.NONE);

    /** Which of the JVM's compilers work (measured with bench/, two cores). */
    private enum Compiler {
        /** Half the time to start and 30 MiB less: for a process that answers some requests a second. */
        QUICK,
        /**
         * Three seconds more to start, a minute until all is fast, and 50 MiB more; then a GET of a server takes half the processor time
         * (decision 0032). What is not run four times as often as the JVM takes for hot is left to the quick one.
         */
        BOTH;

        List<String> options() {
            return this == QUICK
                    ? List.of("-XX:TieredStopAtLevel=1")
                    : List.of(
                            "-XX:Tier4InvocationThreshold=20000",
                            "-XX:Tier4MinInvocationThreshold=4000",
                            "-XX:Tier4CompileThreshold=40000",
                            "-XX:Tier4BackEdgeThreshold=120000");
        }
    }

    /** What is kept of a {@link Training} in an {@link AotCache} (decision 0094). */
    private enum Rehearsal {
        NONE,
        /** The classes, each linked when it is first used. */
        CLASSES,
        /** All of them linked from the first instant, and which methods are hot: ready in half the time, 20 MiB more. */
        LINKED
    }

    static final int STOP_SECONDS = 15;

    /**
     * One heap of malloc's for all threads, and what is larger than 128 KiB (a compiler's memory, Argon2's 19 MiB) always in pages of its own, which go
     * back when it is freed: glibc raises that bound by itself and keeps 20 MiB of holes in each process.
     */
    private static final Map<String, String> MALLOC = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "131072",
            "MALLOC_TRIM_THRESHOLD_", "131072");

    private final String title;
    private final Account account;
    private final int heapMib;
    private final int youngMib;
    private final Compiler compiler;
    private final Rehearsal rehearsal;

    Program(String title, Account account, int heapMib, int youngMib, Compiler compiler, Rehearsal rehearsal) {
        this.title = title;
        this.account = account;
        this.heapMib = heapMib;
        this.youngMib = youngMib;
        this.compiler = compiler;
        this.rehearsal = rehearsal;
    }

    /** The service name of the {@code number}th cloud process. */
    static String cloudName(int number) {
        return number == 1 ? "cloud" : "cloud-" + number;
    }

    static List<Program> trained() {
        return Stream.of(values())
                .filter(program -> program.rehearsal != Rehearsal.NONE)
                .toList();
    }

    String title() {
        return title;
    }

    Account account() {
        return account;
    }

    /** The plain jar of a module that others stand on is not the one to start. */
    private String builtJar() {
        return this == CLOUD ? title + "-boot.jar" : title + ".jar";
    }

    /** Copies the built jar below {@code DIR/lib} unless that very build is there; returns the jar to start. */
    Path install(Path source, DataDirectory directory) {
        Path built = source.resolve(title).resolve("target").resolve(builtJar());
        if (!Files.exists(built)) {
            throw new Problem("program.missing", built);
        }
        try {
            String build = build(built);
            Path home = directory.of("lib/" + title + "/" + build);
            Path jar = home.resolve(title + ".jar");
            if (Files.exists(jar)) {
                AotCache.bring(cache(source), jar);
                return jar;
            }
            directory.directory("lib/" + title, "rwxr-xr-x");
            Path fresh = directory.directory("lib/" + title + "/" + build + ".new", "rwxr-xr-x");
            Files.createDirectories(fresh.resolve("lib"));
            if (springJar(built)) {
                flatten(built, fresh);
            } else {
                copyAll(built.resolveSibling("lib"), fresh.resolve("lib"));
                Files.copy(built, fresh.resolve(title + ".jar"), StandardCopyOption.REPLACE_EXISTING);
            }
            date(fresh, build);
            removeOthers(directory.of("lib/" + title), fresh);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            AotCache.bring(cache(source), jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a {@link Training} keeps what it has made of the build that is there now. */
    Path cache(Path source) {
        try {
            Path built = source.resolve(title).resolve("target").resolve(builtJar());
            return source.resolve("target/aot").resolve(title + "-" + build(built) + ".aot");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int heapMib() {
        return LargeSite.mib("UNKAI_" + title.toUpperCase(Locale.ROOT) + "_HEAP_MIB", heapMib);
    }

    /** The service that runs {@code jar} with small memory; {@code arguments} follow the jar. */
    Service service(Path jar, String configuration, String... arguments) {
        return service(title, jar, configuration, arguments);
    }

    Service service(String name, Path jar, String configuration, String... arguments) {
        return service(account.prefix(), name, jar, configuration, arguments);
    }

    /** @param prefix the words that make it run under its account */
    Service service(List<String> prefix, String name, Path jar, String configuration, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(java());
        if (rehearsal != Rehearsal.NONE) {
            command.addAll(AotCache.options(jar));
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return Service.of(name, command)
                .configured(configuration)
                .with(MALLOC)
                .stoppedBy(Service.StopSignal.TERM, STOP_SECONDS);
    }

    /** How the JVM makes a cache of what it has recorded. */
    List<String> cacheMaker() {
        List<String> command = java();
        if (rehearsal == Rehearsal.CLASSES) {
            command.add("-XX:-AOTClassLinking");
        }
        return command;
    }

    /** The JVM and how it is to run, the same for a process and for the making of its cache. */
    List<String> java() {
        List<String> command = new ArrayList<>(List.of(java(account).toString()));
        int heap = heapMib();
        command.addAll(List.of(
                "-Xmx" + heap + "m",
                "-Xms" + (youngMib + 8) + "m",
                "-Xmn" + youngMib + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                // The JDK's own classes lie where they were archived: the processes share them (decision 0048).
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps"));
        command.addAll(compiler.options());
        command.addAll(List.of(
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxDirectMemorySize=" + Math.max(32, heap / 8) + "m",
                // Gives what malloc holds back to the machine, every 10 s.
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dunkai.process=" + title,
                "-Dfile.encoding=UTF-8",
                // A client has no use for a second handshake on one connection but to keep us busy.
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                // Shorter than the servers' 20 s: a connection is never used again just when its other end gives it up.
                "-Djdk.httpclient.keepalive.timeout=15"));
        return command;
    }

    /** The Java that runs this program runs the others; it must be open to the account. */
    static Path java(Account account) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> probe = new ArrayList<>(account.prefix());
        probe.addAll(List.of("test", "-x", java.toString()));
        if (!new Command(probe).succeeds()) {
            throw new Problem("java.closed", java);
        }
        return java;
    }

    /** Names this build of the jar and the libraries beside it; by change time, since reproducible jars all bear one date. */
    private static String build(Path jar) throws IOException {
        List<Path> files = new ArrayList<>(List.of(jar));
        Path libraries = jar.resolveSibling("lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> found = Files.list(libraries)) {
                found.forEach(files::add);
            }
        }
        long newest = 0;
        long size = 0;
        for (Path file : files) {
            newest = Math.max(newest, ((FileTime) Files.getAttribute(file, "unix:ctime")).toMillis());
            size += Files.size(file);
        }
        return Long.toHexString(newest) + "-" + Long.toHexString(size);
    }

    private static boolean springJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry("BOOT-INF/classes/") != null;
        }
    }

    private void flatten(Path built, Path home) throws IOException {
        try (JarFile jar = new JarFile(built.toFile())) {
            List<String> libraries = new ArrayList<>();
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.put(
                    Attributes.Name.MAIN_CLASS,
                    jar.getManifest().getMainAttributes().getValue("Start-Class"));
            List<JarEntry> classes = new ArrayList<>();
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName();
                if (name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar")) {
                    String file = name.substring("BOOT-INF/lib/".length());
                    libraries.add("lib/" + file);
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, home.resolve("lib").resolve(file), StandardCopyOption.REPLACE_EXISTING);
                    }
                } else if (name.startsWith("BOOT-INF/classes/") && !name.equals("BOOT-INF/classes/")) {
                    classes.add(entry);
                } else if (name.startsWith("META-INF/services/")) {
                    classes.add(entry);
                }
            }
            main.put(Attributes.Name.CLASS_PATH, String.join(" ", libraries));
            try (OutputStream out = Files.newOutputStream(home.resolve(title + ".jar"));
                    JarOutputStream flat = new JarOutputStream(out, manifest)) {
                for (JarEntry entry : classes) {
                    ZipEntry copy = new ZipEntry(entry.getName().replaceFirst("^BOOT-INF/classes/", ""));
                    copy.setTime(entry.getTime());
                    flat.putNextEntry(copy);
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(flat);
                    }
                    flat.closeEntry();
                }
            }
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** An AOT cache knows its jars by size and date: those of one build bear one date wherever they are laid out. */
    private static void date(Path home, String build) throws IOException {
        FileTime date = FileTime.fromMillis(Long.parseLong(build.substring(0, build.indexOf('-')), 16));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(file, date);
            }
        }
    }

    /** Keeps the newest earlier build, which may still be running. */
    private static void removeOthers(Path parent, Path fresh) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(parent)) {
            others = files.filter(file -> !file.equals(fresh))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(1)
                    .toList();
        }
        for (Path old : others) {
            try (Stream<Path> files = Files.walk(old)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
