package dev.unkai.cloud.evidence;

import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.evidence.Hold.Person;
import java.time.Instant;
import java.util.Map;

/** A line of a history that only grows: who did what, and what was said or changed by it. */
@Shape(name = "RegisterEntry")
public record Entry(Instant at, Person by, String action, Map<String, String> facts) {
    public Entry {
        facts = Map.copyOf(facts);
    }
}
