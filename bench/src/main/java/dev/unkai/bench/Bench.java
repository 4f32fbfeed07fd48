package dev.unkai.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a running site against the parts it stands on, in one run: {@code bench DIR}, or with many servers on a simulated
 * host: {@code bench DIR SERVERS}. Every figure that has a raw
 * part underneath is printed beside it, with the ratio.
 */
public final class Bench {
    private static final int ROUNDS = 15;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Usage: java -jar bench/target/bench.jar DIR [SERVERS], with a site running there"
                    + " (./unkai up --data DIR). With SERVERS: so many servers on a simulated host.");
            System.exit(2);
        }
        Path data = Path.of(arguments[0]).toAbsolutePath();
        BenchSite site = BenchSite.of(data);
        System.out.println("# " + data + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        List<Figure> figures = new ArrayList<>();
        if (arguments.length == 2) {
            figures.addAll(new ManyServers(data).measure(Integer.parseInt(arguments[1])));
            figures.addAll(Residents.measure(data));
            figures.forEach(System.out::println);
            return;
        }
        figures.addAll(new ServerLife(site).measure(ROUNDS));
        figures.addAll(new Reads(site).measure());
        figures.addAll(TokenChecks.measure());
        figures.addAll(Residents.measure(data));
        figures.forEach(System.out::println);
    }
}
