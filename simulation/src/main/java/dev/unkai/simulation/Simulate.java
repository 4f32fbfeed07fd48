package dev.unkai.simulation;

import java.util.concurrent.ThreadLocalRandom;

/** Runs simulations: {@code Simulate [SEED] [--steps N] [--runs N] [--processes N --hosts N --pace MILLIS] [--print]}. */
public final class Simulate {
    private Simulate() {}

    public static void main(String[] arguments) {
        long seed = ThreadLocalRandom.current().nextInt(1_000_000_000);
        long steps = 10_000;
        int runs = 1;
        int processes = 2;
        int hosts = 0;
        long pace = 400;
        boolean print = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--steps" -> steps = Long.parseLong(arguments[++i]);
                case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                case "--processes" -> processes = Integer.parseInt(arguments[++i]);
                case "--hosts" -> hosts = Integer.parseInt(arguments[++i]);
                case "--pace" -> pace = Long.parseLong(arguments[++i]);
                case "--print" -> print = true;
                default -> seed = Long.parseLong(arguments[i]);
            }
        }
        for (int run = 0; run < runs; run++) {
            long began = System.nanoTime();
            Simulation simulation = hosts == 0
                    ? Simulation.small(seed + run)
                    : Simulation.of(seed + run, new Simulation.Size(processes, hosts, pace));
            Simulation.Outcome outcome = (print ? simulation.printed() : simulation).run(steps);
            System.out.printf(
                    "seed %d: %d steps, %d s simulated, %d events, hash %s, %.1f s%n",
                    seed + run,
                    outcome.steps(),
                    outcome.simulatedMillis() / 1000,
                    outcome.events(),
                    outcome.hash(),
                    (System.nanoTime() - began) / 1e9);
        }
    }
}
