package dev.unkai.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.domain.Networks;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.SubnetRules;
import dev.unkai.cloud.network.domain.Subnets;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.wire.token.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * One run: a seed decides how many machines there are, what goes wrong how often, and what happens next, step by step.
 * Rough times alternate with calm ones, at whose end everything must be as it should be.
 */
public final class Simulation {
    private static final long ROUGH_STEPS = 2_500;

    /** All must be well so long after the last fault. */
    private static final long PATIENCE_MILLIS = 300_000;

    private static final long LOOK_MILLIS = 5_000;

    private final long seed;
    private final Size size;
    private final String sizeArguments;
    private final boolean printed;

    /** How large the simulated site is. */
    public record Size(int processes, int hosts, long paceMillis) {
        /** A few hosts that much happens to. */
        static Size small(Chance chance) {
            return new Size(chance.between(1, 3), chance.between(1, 8), 200);
        }
    }

    /**
     * What a run came to.
     *
     * @param steps that were made
     * @param hash of everything that happened: the same for the same seed, size and code
     * @param events that reached the ledger
     */
    public record Outcome(long steps, String hash, long simulatedMillis, int events) {}

    /** A run in which something was as it must never be; the message says how to see it again. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private Simulation(long seed, Size size, String sizeArguments, boolean printed) {
        this.seed = seed;
        this.size = size;
        this.sizeArguments = sizeArguments;
        this.printed = printed;
    }

    /** A small site whose size the seed decides. */
    public static Simulation small(long seed) {
        return new Simulation(seed, Size.small(new Chance(~seed)), "", false);
    }

    /** A site of this size. */
    public static Simulation of(long seed, Size size) {
        String arguments =
                " --processes %d --hosts %d --pace %d".formatted(size.processes, size.hosts, size.paceMillis);
        return new Simulation(seed, size, arguments, false);
    }

    /** The same with every step on standard output. */
    public Simulation printed() {
        return new Simulation(seed, size, sizeArguments, true);
    }

    /** Makes at least so many steps and ends in a calm. */
    public Outcome run(long steps) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Boolean.getBoolean("simulation.log") ? Level.INFO : Level.OFF);
        }
        Trace trace = new Trace(printed);
        try (World world = new World(seed, size.processes, size.hosts, trace)) {
            try {
                return run(world, steps);
            } catch (Broken broken) {
                throw new Failure(report(world, steps, trace, broken), broken);
            }
        }
    }

    private Outcome run(World world, long steps) {
        makeStock(world);
        settle(world, Customers.projects());
        Customers customers = new Customers(world, size.paceMillis);
        Troubles troubles = new Troubles(world, customers);
        Convergence convergence = new Convergence(world, customers);
        while (world.steps() < steps) {
            troubles.begin(Faults.chosenBy(world.chance()));
            world.trace().add(world.agenda().now(), "rough times: " + world.faults());
            customers.work();
            long end = world.steps() + Math.min(ROUGH_STEPS, Math.max(200, steps - world.steps()));
            while (world.steps() < end) {
                world.step();
            }
            world.trace().add(world.agenda().now(), "calm");
            customers.rest();
            troubles.end();
            calm(world, convergence);
        }
        return new Outcome(
                world.steps(),
                world.trace().hash(),
                world.agenda().now(),
                world.ledger().size());
    }

    private static void calm(World world, Convergence convergence) {
        long deadline = world.agenda().now() + PATIENCE_MILLIS;
        List<String> gaps;
        do {
            long look = world.agenda().now() + LOOK_MILLIS;
            while (world.agenda().now() < look) {
                world.step();
            }
            gaps = convergence.gaps();
        } while (!gaps.isEmpty() && world.agenda().now() < deadline);
        if (!gaps.isEmpty()) {
            throw new Broken("Not all is well " + PATIENCE_MILLIS / 1000 + " s after the last fault:\n  "
                    + String.join("\n  ", gaps));
        }
    }

    /** What customers choose from: an image, and flavors of which some have disks beside their own. */
    private static void makeStock(World world) {
        world.database().run("update flavor set ephemeral_gb = 1, swap_mb = 64 where id in ('u1.tiny', 'u1.small')");
        UUID image = world.baseImage();
        world.database().run("""
                insert into image (id, project_id, name, status, visibility, disk_format, container_format, size,
                       virtual_size, checksum, sha512, upload_id)
                values ('%s', 'provider', 'tiny', 'active', 'public', 'raw', 'bare', %d, %d, '', '%s', '%s')
                """.formatted(
                        image,
                        World.IMAGE.length,
                        World.IMAGE.length,
                        sha512(World.IMAGE),
                        world.chance().uuid()));
    }

    /** Each project gets a network with a subnet, and room for as many servers as the hosts take, or for a few. */
    private static void settle(World world, List<String> projects) {
        CloudProcess process = world.alive().getFirst();
        for (String project : projects) {
            boolean limited = Customers.isLimited(project);
            for (String resource : List.of("instances", "cores", "ram")) {
                limit(world, "compute_quota", project, resource, limited ? Customers.COMPUTE_LIMITS : Map.of());
            }
            for (String resource : List.of("port", "security_group", "security_group_rule")) {
                limit(world, "network_quota", project, resource, limited ? Customers.NETWORK_LIMITS : Map.of());
            }
            Caller caller = Customers.caller(world, project);
            process.part(Transactions.class).doAsCaller(caller, db -> {
                Network network = process.part(Networks.class).create(db, caller, network(world, project));
                process.part(Subnets.class).create(db, caller, subnet(world, network));
            });
        }
    }

    private static void limit(World world, String table, String project, String resource, Map<String, Integer> limits) {
        world.database()
                .run("insert into %s values ('%s', '%s', %d)"
                        .formatted(table, project, resource, limits.getOrDefault(resource, -1)));
    }

    private static Network network(World world, String project) {
        return new Network(
                world.chance().uuid(),
                project,
                "net",
                "",
                true,
                false,
                false,
                false,
                true,
                1442,
                Network.GENEVE,
                null,
                null,
                List.of(),
                List.of(),
                Stamp.NEW);
    }

    private static Subnet subnet(World world, Network network) {
        Prefix prefix = Prefix.of("10.0.0.0/16");
        String gateway = prefix.firstHost().toString();
        return new Subnet(
                world.chance().uuid(),
                network.project(),
                network.id(),
                "",
                "",
                4,
                "10.0.0.0/16",
                gateway,
                true,
                List.of(),
                List.of(),
                SubnetRules.defaultPools(prefix, gateway),
                null,
                null,
                List.of(),
                List.of(),
                Stamp.NEW);
    }

    private String report(World world, long steps, Trace trace, Broken broken) {
        List<String> last = trace.last();
        return """
                %s
                Seed %d, step %d, hash %s. See it again with every step:
                  mvn -q -pl simulation -am -DskipTests package
                  java -jar simulation/target/simulation.jar %d --steps %d%s --print
                The last steps:
                %s""".formatted(
                        broken.getMessage(),
                        seed,
                        world.steps(),
                        trace.hash(),
                        seed,
                        steps,
                        sizeArguments,
                        String.join("\n", last.subList(Math.max(0, last.size() - 60), last.size())));
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
