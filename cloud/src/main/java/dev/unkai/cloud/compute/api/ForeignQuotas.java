package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.Quotas.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Limits that the API keeps for old versions though nothing here is limited by them, as in a reference with a Network API:
 * network resources until 2.35 (2.49 in quota classes), files to inject until 2.56. They are stored and told again.
 */
final class ForeignQuotas {
    private static final Map<String, Integer> NETWORK =
            Map.of("fixed_ips", -1, "floating_ips", -1, "security_groups", -1, "security_group_rules", -1);
    /** No files are injected here. */
    private static final Map<String, Integer> FILES =
            Map.of("injected_files", 0, "injected_file_content_bytes", 0, "injected_file_path_bytes", 0);

    private static final int LAST_FILES = 56;

    private ForeignQuotas() {}

    /** Those of a request. */
    static Map<String, Integer> read(Fields fields, Microversion version, int lastNetwork) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        for (String name : names(version, lastNetwork).keySet()) {
            if (fields.has(name)) {
                limits.put(name, fields.integer(name, -1, Integer.MAX_VALUE));
            }
        }
        return limits;
    }

    /** Shows what is stored, or the default. */
    static void show(
            Shape set,
            Map<String, Integer> stored,
            Microversion version,
            int lastNetwork,
            Function<Level, Object> value) {
        names(version, lastNetwork)
                .forEach((name, otherwise) ->
                        set.with(name, value.apply(new Level(stored.getOrDefault(name, otherwise), 0))));
    }

    private static Map<String, Integer> names(Microversion version, int lastNetwork) {
        Map<String, Integer> names = new LinkedHashMap<>();
        if (version.before(lastNetwork + 1)) {
            names.putAll(NETWORK);
        }
        if (version.before(LAST_FILES + 1)) {
            names.putAll(FILES);
        }
        return names;
    }
}
