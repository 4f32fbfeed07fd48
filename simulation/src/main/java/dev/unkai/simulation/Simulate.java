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
        int failed = 0;
        long made = 0;
        long start = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            long began = System.nanoTime();
            Simulation simulation = hosts == 0
                    ? Simulation.small(seed + run)
                    : Simulation.of(seed + run, new Simulation.Size(processes, hosts, pace));
            try {
                Simulation.Outcome outcome = (print ? simulation.printed() : simulation).run(steps);
                double seconds = (System.nanoTime() - began) / 1e9;
                made += outcome.steps();
                System.out.printf(
                        "seed %d: %d steps, %d s simulated, %d events, hash %s, %.1f s%n",
                        seed + run,
                        outcome.steps(),
                        outcome.simulatedMillis() / 1000,
                        outcome.events(),
                        outcome.hash(),
                        seconds);
            } catch (Simulation.Failure failure) {
                failed++;
                System.out.println("seed " + (seed + run) + " FAILED: " + failure.getMessage());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d runs, %d failed, %d steps, %.0f steps/s%n", runs, failed, made, made / Math.max(seconds, 0.001));
        System.exit(failed == 0 ? 0 : 1);
    }
}
