package dev.unkai.base.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one table of who may do what: {@code action least-role}, a line each. Deny first: an action that is not in the
 * table is refused to everybody, and {@link #knows} lets the start check that every handler's action is in it.
 */
public final class Policy {
    private final Map<String, Role> leastRole;

    private Policy(Map<String, Role> leastRole) {
        this.leastRole = Map.copyOf(leastRole);
    }

    /** Reads the table; {@code #} starts a comment. Throws IllegalStateException naming a bad line. */
    public static Policy parse(InputStream text) {
        Map<String, Role> table = new LinkedHashMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String rule = line.replaceFirst("#.*", "").strip();
                if (rule.isEmpty()) {
                    continue;
                }
                String[] words = rule.split("\\s+");
                Role role = words.length == 2 ? Role.of(words[1]).orElse(null) : null;
                if (role == null || table.put(words[0], role) != null) {
                    throw new IllegalStateException(
                            "The policy line \"" + rule + "\" is not \"action role\" or names its action twice.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Policy(table);
    }

    public boolean knows(String action) {
        return leastRole.containsKey(action);
    }

    /** Whether one of these role names may do the action; unknown actions and roles never may. */
    public boolean permits(String action, Collection<String> roleNames) {
        Role least = leastRole.get(action);
        return least != null
                && roleNames.stream().flatMap(name -> Role.of(name).stream()).anyMatch(role -> role.implies(least));
    }

    /** All that somebody with these role names may do, in alphabetical order. */
    public List<String> permitted(Collection<String> roleNames) {
        return leastRole.keySet().stream()
                .filter(action -> permits(action, roleNames))
                .sorted()
                .toList();
    }

    public Set<String> actions() {
        return leastRole.keySet();
    }
}
