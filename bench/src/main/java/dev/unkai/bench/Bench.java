package dev.unkai.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a running site against the parts it stands on, in one run; bench/README.md names the parts. Every figure that has a raw part
 * underneath is printed beside it, with the ratio.
 */
public final class Bench {
    private static final int ROUNDS = 15;
    private static final int ROUNDS_AT_ONCE = 5;
    private static final String USAGE = """
            Usage: java -jar bench/target/bench.jar DIR [PART], with a site running there (./unkai up --data DIR). Parts:
              (none)                 one server's life, single reads, token checks, memory
              at-once                20 servers at once on real QEMU, beside 20 virsh create
              many [SERVERS]         servers made through the API on a simulated host (1000)
              estate SERVERS HOSTS   so many seeded into the database, on simulated hosts: reads, changes, a restart
              changes RATE HOSTS     among those, so many changes a second for a minute
              exercise               what customers do most, for half a minute; measures nothing
              events [RATE] [SECONDS]  so many events a second into the ledger (10000, for a minute), beside COPY
              history [EVENTS]       questions and a file of so many events of the last 300 days (10000000), which take the place
                                     of what the ledger holds; 0: of what it holds already
              strangers              whether a customer can tell by time what another one has
            """;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Path data = Path.of(arguments[0]).toAbsolutePath();
        System.out.println("# " + data + ", " + Runtime.getRuntime().availableProcessors() + " cores, load "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        switch (arguments.length == 1 ? "" : arguments[1]) {
            case "" -> one(data).forEach(System.out::println);
            case "at-once" -> {
                BenchSite site = BenchSite.of(data);
                BenchSite.as(data, "operator").raiseQuotas(site.project());
                new AtOnce(site).measure(ROUNDS_AT_ONCE).forEach(System.out::println);
            }
            case "many" -> new ManyServers(data, System.out::println).measure(number(arguments, 2, 1000));
            case "estate" ->
                new Estate(data, System.out::println).measure(number(arguments, 2, 1000), number(arguments, 3, 10));
            case "changes" ->
                new Estate(data, System.out::println).change(number(arguments, 2, 100), number(arguments, 3, 10));
            case "events" ->
                new Events(data)
                        .measure(number(arguments, 2, 10_000), number(arguments, 3, 60))
                        .forEach(System.out::println);
            case "history" -> new History(data, System.out::println).measure(number(arguments, 2, 10_000_000));
            case "strangers" -> new Strangers(data).measure(System.out::println);
            case "exercise" -> new Exercise(data).run();
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static List<Figure> one(Path data) throws Exception {
        BenchSite site = BenchSite.of(data);
        List<Figure> figures = new ArrayList<>(new ServerLife(site).measure(ROUNDS));
        figures.addAll(new Reads(site).measure());
        figures.addAll(TokenChecks.measure());
        figures.addAll(Residents.measure(data));
        return figures;
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
