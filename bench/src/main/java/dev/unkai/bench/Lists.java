package dev.unkai.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What a customer with many servers, and the operator, read: lists, one server, one new port; by the clock and by processor time. */
final class Lists {
    private static final int WARM = 6;
    private static final int SAMPLES = 15;
    private static final int WARM_SECONDS = 3;
    private static final int SECONDS = 6;
    private static final String DETAIL = "/compute/v2.1/servers/detail";
    private static final String PORTS = "/network/v2.0/ports";

    private final BenchSite site;
    private final BenchSite operator;
    private final ProcessorTime time;
    private final Consumer<Figure> report;

    Lists(BenchSite site, BenchSite operator, Consumer<Figure> report) {
        this.report = report;
        this.site = site;
        this.operator = operator;
        this.time = new ProcessorTime(site.data());
    }

    /** @param network takes the new ports */
    void measure(String network) {
        int servers = site.count(DETAIL, "servers");
        list(site, "GET /servers/detail, " + servers + " servers", DETAIL);
        list(site, "GET /ports, of " + servers + " servers", PORTS);
        String one =
                site.get("/compute/v2.1/servers?limit=1").at("/servers/0/id").asString();
        report.accept(Reads.of(site, "/compute/v2.1/servers/" + one));
        time.of("GET /servers/{id}", 2000, () -> gets(site, "/compute/v2.1/servers/" + one, 2000))
                .forEach(report);
        List<String> made = new ArrayList<>();
        times("POST /ports", () -> made.add(port(network)));
        made.forEach(port -> site.expect("DELETE", PORTS + "/" + port, null));
    }

    /** The operator's pages of a thousand, over all projects. */
    void measureAll() {
        for (String list : List.of("/compute/v2.1/servers/detail?all_tenants=1&limit=1000", PORTS + "?limit=1000")) {
            String name = list.startsWith(PORTS) ? "ports" : "servers";
            list(operator, "operator, first page of " + name, list);
            String next =
                    page(list, name).at("/" + name + "_links/0/href").asString().replace(operator.address(), "");
            if (!next.isEmpty() && !operator.get(next).path(name).isEmpty()) {
                list(operator, "operator, next page of " + name, next);
            }
        }
    }

    private JsonNode page(String path, String name) {
        JsonNode page = operator.expect("GET", path, null);
        if (page.path(name).isEmpty()) {
            throw new IllegalStateException(path + " gave nothing");
        }
        return page;
    }

    private static void gets(BenchSite who, String path, int times) {
        for (int i = 0; i < times; i++) {
            who.expect("GET", path, null);
        }
    }

    /** As a client sees it that costs next to nothing itself; the processor time beside it is of other calls. */
    private void list(BenchSite who, String what, String path) {
        Wrk client = new Wrk(who);
        client.median(path, WARM_SECONDS);
        report.accept(Figure.of(what, "ms", client.median(path, SECONDS)));
        time.of(what, SAMPLES, () -> gets(who, path, SAMPLES)).forEach(report);
    }

    private void times(String what, Runnable work) {
        for (int warm = 0; warm < WARM; warm++) {
            work.run();
        }
        double[] samples = new double[SAMPLES];
        List<Figure> used = time.of(what, SAMPLES, () -> {
            for (int round = 0; round < SAMPLES; round++) {
                long start = System.nanoTime();
                work.run();
                samples[round] = (System.nanoTime() - start) / 1e6;
            }
        });
        report.accept(Figure.of(what, "ms", samples));
        used.forEach(report);
    }

    private String port(String network) {
        return site.expect("POST", PORTS, Map.of("port", Map.of("network_id", network)))
                .at("/port/id")
                .asString();
    }
}
