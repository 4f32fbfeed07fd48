package dev.unkai.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A whole provider's estate: seeded servers on simulated hosts that are all attached; reads, changes and a restart among them. */
final class Estate {
    private static final int CHANGES_PER_SECOND = 100;
    private static final int CHANGE_SECONDS = 60;

    /** What a rush took is given back within a minute (decision 0094). */
    private static final Duration REST = Duration.ofSeconds(75);

    /** While the seeded ports come into OVN and the hosts' first reports into the database, a read measures those. */
    private static final double SETTLED = 0.5;

    private static final Duration SETTLING = Duration.ofMinutes(12);

    private final Path data;
    private final Consumer<Figure> report;

    /** @param report gets each figure as soon as it is known */
    Estate(Path data, Consumer<Figure> report) {
        this.data = data;
        this.report = report;
    }

    void measure(int servers, int hosts) throws Exception {
        BenchSite site = BenchSite.as(data, "sample-shared");
        BenchSite operator = BenchSite.as(data, "operator");
        operator.raiseQuotas(site.project());
        try (Database database = new Database(data);
                SimulatedHosts simulated = new SimulatedHosts(data)) {
            Seed seed = new Seed(database, site.project(), site.tinyImage());
            long start = System.nanoTime();
            seed.fill(servers, hosts);
            System.out.printf("%d servers on %d hosts seeded in %.1f s%n", servers, hosts, seconds(start));
            start = System.nanoTime();
            for (int host = 0; host < hosts; host++) {
                simulated.attach(Seed.host(host));
            }
            simulated.awaitPlans();
            report.accept(Figure.of(hosts + " hosts attached, each with its plan", "s", seconds(start)));
            start = System.nanoTime();
            MachineIdle.await(SETTLED, SETTLING);
            report.accept(Figure.of(
                    "until ports and guests were all written and OVN had computed them", "s", seconds(start)));
            idle().forEach(report);
            String network = seed.network(0).toString();
            Lists lists = new Lists(site, operator, report);
            lists.measure(network);
            lists.measureAll();
            new Changes(site, database)
                    .measure(network, CHANGES_PER_SECOND, CHANGE_SECONDS)
                    .forEach(report);
            Residents.measure(data).forEach(report);
            LockSupport.parkNanos(REST.toNanos());
            Residents.measure(data).forEach(figure -> report.accept(figure.at("rest")));
            new Restart(site).measure().forEach(report);
            report.accept(Figure.of("times that hosts were sent away", "", simulated.takeLeft()));
        }
    }

    /** Changes alone, among what an earlier run has seeded. */
    void change(int perSecond, int hosts) throws Exception {
        BenchSite site = BenchSite.as(data, "sample-shared");
        try (Database database = new Database(data);
                SimulatedHosts simulated = new SimulatedHosts(data)) {
            Seed seed = new Seed(database, site.project(), site.tinyImage());
            for (int host = 0; host < hosts; host++) {
                simulated.attach(Seed.host(host));
            }
            simulated.awaitPlans();
            new Changes(site, database)
                    .measure(seed.network(0).toString(), perSecond, CHANGE_SECONDS)
                    .forEach(report);
        }
    }

    /** What it costs that all hosts say every five seconds that they are there. */
    private List<Figure> idle() throws InterruptedException {
        ProcessorTime time = new ProcessorTime(data);
        double cloud = time.of("cloud");
        double database = time.ofDatabase();
        long start = System.nanoTime();
        Thread.sleep(20_000);
        double taken = (System.nanoTime() - start) / 1e6;
        return List.of(
                Figure.of("cloud, hosts reporting only", "% of a core", 100 * (time.of("cloud") - cloud) / taken),
                Figure.of("PostgreSQL meanwhile", "% of a core", 100 * (time.ofDatabase() - database) / taken));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
