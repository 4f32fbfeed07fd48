package dev.unkai.cloud.compute.reconcile;

import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.hosts.Guests.State;
import dev.unkai.wire.node.Power;
import java.time.Duration;

/**
 * What each goal means at a host.
 *
 * @param power what the plan says
 * @param state what the host reports once it is so
 * @param word for the event ("state/…") and for sentences
 * @param patience how long a host may take
 */
record Expectation(Power power, State state, String word, Duration patience) {
    static Expectation of(Server server) {
        Goal goal = server.desired().goal();
        return goal == Goal.RESIZED && server.desired().rests() ? off("resized") : of(goal);
    }

    private static Expectation of(Goal goal) {
        return switch (goal) {
            case ACTIVE -> on("active", Duration.ofMinutes(2));
            case RESCUED -> on("rescued", Duration.ofMinutes(5));
            case RESIZED -> on("resized", Duration.ofMinutes(30));
            case PAUSED -> new Expectation(Power.PAUSE, State.PAUSED, "paused", Duration.ofMinutes(2));
            case SUSPENDED ->
                // as much memory as it has goes to the disk
                new Expectation(Power.SUSPEND, State.SUSPENDED, "suspended", Duration.ofMinutes(15));
            case STOPPED -> off("stopped");
            case SHELVED, SHELVED_OFFLOADED -> off("shelved");
            case SOFT_DELETED -> off("soft-deleted");
            case DELETED -> off("deleted");
        };
    }

    private static Expectation on(String word, Duration patience) {
        return new Expectation(Power.ON, State.RUNNING, word, patience);
    }

    private static Expectation off(String word) {
        return new Expectation(Power.OFF, State.STOPPED, word, Duration.ofMinutes(3));
    }
}
