package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.identity.api.Body;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options of an account, as the Identity API names them. Those about locking and unused accounts have nothing to ignore
 * here: they are kept and shown.
 *
 * @param values flags and the list {@code multi_factor_auth_rules}; what was not said is absent
 */
public record AccountOptions(Map<String, Object> values) {
    public static final AccountOptions NONE = new AccountOptions(Map.of());

    private static final String ENABLED = "multi_factor_auth_enabled";
    private static final String RULES = "multi_factor_auth_rules";
    private static final String NO_EXPIRY = "ignore_password_expiry";
    private static final String LOCKED = "lock_password";
    private static final List<String> FLAGS = List.of(
            ENABLED,
            NO_EXPIRY,
            LOCKED,
            "ignore_change_password_upon_first_use",
            "ignore_lockout_failure_attempts",
            "ignore_user_inactivity");
    private static final Set<String> METHODS = Set.of("password", "totp", "passkey", "token", "application_credential");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public AccountOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Those of a row, as {@link #text} wrote them. */
    static AccountOptions of(String text) {
        if (text.equals("{}")) {
            return NONE;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        JSON.readTree(text)
                .propertyStream()
                .forEach(field -> values.put(
                        field.getKey(),
                        field.getValue().isBoolean() ? field.getValue().booleanValue() : lists(field.getValue())));
        return new AccountOptions(values);
    }

    private static List<List<String>> lists(JsonNode value) {
        return value.valueStream()
                .map(inner -> inner.valueStream().map(JsonNode::asString).toList())
                .toList();
    }

    /** These with what the user's {@code options} say over them; null takes an option away. */
    AccountOptions with(Body user) {
        return user.optionalObject("options").map(this::changed).orElse(this);
    }

    private AccountOptions changed(Body options) {
        List<String> known = new ArrayList<>(FLAGS);
        known.add(RULES);
        options.only(known.toArray(String[]::new));
        Map<String, Object> all = new LinkedHashMap<>(values);
        for (String name : known) {
            if (options.isNull(name)) {
                all.remove(name);
            } else if (options.has(name)) {
                all.put(name, name.equals(RULES) ? rules(options) : options.flag(name, false));
            }
        }
        return new AccountOptions(all);
    }

    private static List<List<String>> rules(Body options) {
        List<List<String>> rules = options.lists(RULES, 20, 64);
        for (List<String> rule : rules) {
            if (rule.isEmpty() || !METHODS.containsAll(rule)) {
                throw Refusal.invalid("Each rule of \"" + RULES + "\" is a list of one or more of the methods password,"
                        + " totp, passkey, token and application_credential.");
            }
        }
        return rules;
    }

    /** The methods that are needed together, by alternatives; empty when any log-in will do. */
    @SuppressWarnings("unchecked")
    public List<List<String>> rules() {
        boolean enabled = !Boolean.FALSE.equals(values.get(ENABLED));
        return enabled && values.get(RULES) instanceof List<?> rules ? (List<List<String>>) rules : List.of();
    }

    public boolean passwordNeverEnds() {
        return Boolean.TRUE.equals(values.get(NO_EXPIRY));
    }

    /** Whether only those who manage the account give it a new password. */
    public boolean passwordIsLocked() {
        return Boolean.TRUE.equals(values.get(LOCKED));
    }

    AccountOptions withLockedPassword() {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(LOCKED, true);
        return new AccountOptions(all);
    }

    String text() {
        return JSON.writeValueAsString(values);
    }
}
