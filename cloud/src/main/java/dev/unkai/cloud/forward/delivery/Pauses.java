package dev.unkai.cloud.forward.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How long is waited between turns.
 *
 * @param look until a history is looked at again in which nothing was new; each time longer, {@code longestLook} at most
 * @param first after the first failure; twice as long after each, {@code longest} at most
 */
@Component
record Pauses(Duration look, Duration longestLook, Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;
    private static final int LOOKS_LONGEST = 15;

    /** Each below {@code unkai.forwarding}. */
    @Autowired
    Pauses(
            @Value("${unkai.forwarding.look:1s}") Duration look,
            @Value("${unkai.forwarding.first-pause:5s}") Duration first) {
        this(look, look.multipliedBy(LOOKS_LONGEST), first, Duration.ofMinutes(15));
    }

    /**
     * A quarter more or less by chance, lest all come again at once.
     *
     * @param failures in a row before this one
     * @param asked for at least, by the destination
     */
    Duration after(int failures, Duration asked) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures, MOST_DOUBLINGS));
        double bounded = Math.min(longest.toMillis(), doubled);
        long millis = Math.round(bounded * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
        return Duration.ofMillis(Math.max(millis, asked.toMillis()));
    }
}
