package dev.unkai.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Measures a running site against the parts it stands on, in one run: {@code bench DIR}. Every figure that has a raw
 * part underneath is printed beside it, with the ratio.
 */
public final class Bench {
    private static final int ROUNDS = 15;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println(
                    "Usage: java -jar bench/target/bench.jar DIR, with a site running there (./unkai up --data DIR).");
            System.exit(2);
        }
        Path data = Path.of(arguments[0]).toAbsolutePath();
        BenchSite site = BenchSite.of(data);
        System.out.println("# " + data + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        List<Figure> figures = new java.util.ArrayList<>();
        figures.addAll(new ServerLife(site).measure(ROUNDS));
        figures.addAll(new Reads(site).measure());
        figures.addAll(TokenChecks.measure());
        figures.addAll(Residents.measure(data));
        figures.forEach(System.out::println);
    }
}
