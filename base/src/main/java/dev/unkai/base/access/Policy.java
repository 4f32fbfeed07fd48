package dev.unkai.base.access;

import dev.unkai.base.access.Role.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of who may do what: {@code action role…}, a line each, with the least roles that may do it; roles that include one of these may as well,
 * and admin always. Deny first: an action that is not in the table is refused to everybody, and {@link #knows} lets the start
 * check that every handler's action is in it.
 *
 * <p>Who may do it by a role of the provider that the line names does it for the provider, to all customers' things; everybody else within the own project.
 * The word {@code any} stands for every good token. {@code fresh} at the end: in a session of the console it is done
 * only by who has shown not long ago who he is; {@code proof-minutes N}, before them, says how long.
 *
 * <p>{@code view-looks action…} names what one of the provider's people may look at who sees the service as a customer does, {@code view-does action…} what such
 * a view is itself: it does nothing else, whatever its roles.
 */
public final class Policy {
    private static final String ANY = "any";
    private static final String FRESH = "fresh";
    private static final String MINUTES = "proof-minutes";
    private static final String LOOKS = "view-looks";
    private static final String DOES = "view-does";

    private final Map<String, Rule> rules;
    private final Duration proofLife;
    private final Set<String> viewLooks;
    private final Set<String> viewDoes;

    /**
     * @param bearers the names of all roles that suffice, and on whose behalf their bearers act
     * @param any whether every good token suffices
     */
    private record Rule(Map<String, Side> bearers, boolean any, boolean fresh) {
        Rule {
            bearers = Map.copyOf(bearers);
        }

        static Rule of(List<Role> least, boolean any, boolean fresh) {
            Map<String, Side> bearers = new HashMap<>();
            for (Role role : Role.values()) {
                for (Side side : List.of(Side.CUSTOMER, Side.PROVIDER)) {
                    if (gives(role, side, least)) {
                        bearers.put(role.wireName(), side);
                    }
                }
            }
            return new Rule(bearers, any, fresh);
        }

        private static boolean gives(Role own, Side side, List<Role> least) {
            return own == Role.ADMIN
                    ? side == Side.PROVIDER
                    : least.stream().anyMatch(role -> role.side() == side && own.implies(role));
        }

        Optional<Side> side(Collection<String> held) {
            Side found = any ? Side.CUSTOMER : null;
            for (String role : held) {
                Side side = bearers.get(role);
                if (side == Side.PROVIDER) {
                    return Optional.of(side);
                }
                found = side == null ? found : side;
            }
            return Optional.ofNullable(found);
        }
    }

    private Policy(Map<String, Rule> rules, Duration proofLife, Set<String> viewLooks, Set<String> viewDoes) {
        this.rules = Map.copyOf(rules);
        this.proofLife = proofLife;
        this.viewLooks = Set.copyOf(viewLooks);
        this.viewDoes = Set.copyOf(viewDoes);
    }

    /** Reads the table; {@code #} starts a comment. Throws IllegalStateException naming a bad line. */
    public static Policy parse(InputStream text) {
        Map<String, Rule> table = new LinkedHashMap<>();
        Duration life = Duration.ZERO;
        Set<String> looks = new HashSet<>();
        Set<String> does = new HashSet<>();
        try (var reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String rule = line.replaceFirst("#.*", "").strip();
                if (rule.isEmpty()) {
                    continue;
                }
                List<String> words = List.of(rule.split("\\s+"));
                if (words.getFirst().equals(MINUTES)) {
                    life = minutes(rule, words);
                    continue;
                }
                if (words.getFirst().equals(LOOKS) || words.getFirst().equals(DOES)) {
                    (words.getFirst().equals(LOOKS) ? looks : does)
                            .addAll(ofView(rule, words.subList(1, words.size()), table.keySet()));
                    continue;
                }
                Rule read = rule(words).orElse(null);
                if (read == null || table.put(words.getFirst(), read) != null) {
                    throw new IllegalStateException("The policy line \"" + rule
                            + "\" is not an action with its roles and perhaps \"fresh\" behind them, or names its action"
                            + " twice.");
                }
                if (read.fresh() && life.isZero()) {
                    throw new IllegalStateException("The policy says \"" + rule + "\" before \"" + MINUTES
                            + "\" says how long a proof is fresh.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Policy(table, life, looks, does);
    }

    /** Only what somebody's role may do at all can be done in a view, so its actions stand before it. */
    private static List<String> ofView(String line, List<String> actions, Set<String> known) {
        if (actions.isEmpty() || !known.containsAll(actions)) {
            throw new IllegalStateException(
                    "The policy line \"" + line + "\" names no action, or one that no line before it has.");
        }
        return actions;
    }

    private static Optional<Rule> rule(List<String> words) {
        boolean fresh = words.size() > 1 && words.getLast().equals(FRESH);
        List<String> named = words.subList(1, words.size() - (fresh ? 1 : 0));
        List<Role> roles = named.stream()
                .flatMap(name -> Role.of(name).stream())
                .distinct()
                .toList();
        boolean any = named.contains(ANY);
        boolean readable = !named.isEmpty() && roles.size() + (any ? 1 : 0) == named.size();
        return readable ? Optional.of(Rule.of(roles, any, fresh)) : Optional.empty();
    }

    private static Duration minutes(String rule, List<String> words) {
        if (words.size() == 2 && words.getLast().matches("[1-9][0-9]{0,3}")) {
            return Duration.ofMinutes(Long.parseLong(words.getLast()));
        }
        throw new IllegalStateException("The policy line \"" + rule + "\" is not \"" + MINUTES + "\" with a number.");
    }

    public boolean knows(String action) {
        return rules.containsKey(action);
    }

    /** Whether one of these role names may do the action; unknown actions and roles never may. */
    public boolean permits(String action, Collection<String> roleNames) {
        return side(action, roleNames).isPresent();
    }

    /** On whose behalf somebody with these role names does the action: the provider's before one's own project's; empty when he may not. */
    public Optional<Side> side(String action, Collection<String> roleNames) {
        Rule rule = rules.get(action);
        return rule == null ? Optional.empty() : rule.side(roleNames);
    }

    /** Whether the action is done in a session of the console only by who has shown not long ago who he is. */
    public boolean wantsFreshProof(String action) {
        Rule rule = rules.get(action);
        return rule != null && rule.fresh();
    }

    /** Whether one of the provider's people may look at it who sees the service as a customer does. */
    public boolean isViewed(String action) {
        return viewLooks.contains(action);
    }

    /** Whether it belongs to such a view itself, and shows nothing of the customer's. */
    public boolean isOfView(String action) {
        return viewDoes.contains(action);
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
