package dev.unkai.base.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one table of who may do what: {@code action least-role}, a line each. Deny first: an action that is not in the
 * table is refused to everybody, and {@link #knows} lets the start check that every handler's action is in it.
 *
 * <p>The role {@code any} stands for every good token. {@code fresh} behind the role: in a session of the console it is done
 * only by who has shown not long ago who he is; {@code proof-minutes N}, before them, says how long.
 */
public final class Policy {
    private static final String ANY = "any";
    private static final String FRESH = "fresh";
    private static final String MINUTES = "proof-minutes";

    private final Map<String, Rule> rules;
    private final Duration proofLife;

    /** @param least null: any token */
    private record Rule(@Nullable Role least, boolean fresh) {}

    private Policy(Map<String, Rule> rules, Duration proofLife) {
        this.rules = Map.copyOf(rules);
        this.proofLife = proofLife;
    }

    /** Reads the table; {@code #} starts a comment. Throws IllegalStateException naming a bad line. */
    public static Policy parse(InputStream text) {
        Map<String, Rule> table = new LinkedHashMap<>();
        Duration life = Duration.ZERO;
        try (var reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String rule = line.replaceFirst("#.*", "").strip();
                if (rule.isEmpty()) {
                    continue;
                }
                String[] words = rule.split("\\s+");
                if (words[0].equals(MINUTES)) {
                    life = minutes(rule, words);
                    continue;
                }
                Rule read = rule(words);
                if (read == null || table.put(words[0], read) != null) {
                    throw new IllegalStateException("The policy line \"" + rule
                            + "\" is not \"action role\" or \"action role fresh\", or names its action twice.");
                }
                if (read.fresh() && life.isZero()) {
                    throw new IllegalStateException("The policy says \"" + rule + "\" before \"" + MINUTES
                            + "\" says how long a proof is fresh.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Policy(table, life);
    }

    private static @Nullable Rule rule(String[] words) {
        boolean fresh = words.length == 3 && words[2].equals(FRESH);
        if (words.length != 2 && !fresh) {
            return null;
        }
        Role least = Role.of(words[1]).orElse(null);
        return least == null && !words[1].equals(ANY) ? null : new Rule(least, fresh);
    }

    private static Duration minutes(String rule, String[] words) {
        if (words.length == 2 && words[1].matches("[1-9][0-9]{0,3}")) {
            return Duration.ofMinutes(Long.parseLong(words[1]));
        }
        throw new IllegalStateException("The policy line \"" + rule + "\" is not \"" + MINUTES + "\" with a number.");
    }

    public boolean knows(String action) {
        return rules.containsKey(action);
    }

    /** Whether one of these role names may do the action; unknown actions and roles never may. */
    public boolean permits(String action, Collection<String> roleNames) {
        Rule rule = rules.get(action);
        if (rule == null) {
            return false;
        }
        Role least = rule.least();
        return least == null
                || roleNames.stream().flatMap(name -> Role.of(name).stream()).anyMatch(role -> role.implies(least));
    }

    /** Whether the action is done in a session of the console only by who has shown not long ago who he is. */
    public boolean wantsFreshProof(String action) {
        Rule rule = rules.get(action);
        return rule != null && rule.fresh();
    }

    /** How long such a proof is fresh. */
    public Duration proofLife() {
        return proofLife;
    }

    /** All that somebody with these role names may do, in alphabetical order. */
    public List<String> permitted(Collection<String> roleNames) {
        return rules.keySet().stream()
                .filter(action -> permits(action, roleNames))
                .sorted()
                .toList();
    }

    public Set<String> actions() {
        return rules.keySet();
    }
}
