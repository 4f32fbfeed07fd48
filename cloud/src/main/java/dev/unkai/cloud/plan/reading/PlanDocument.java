package dev.unkai.cloud.plan.reading;

import dev.unkai.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan's text as a tree, before anything is made of it. Two texts that say the same, with other comments or another order of fields, are one document
 * with one hash.
 */
public record PlanDocument(Map<String, Object> fields) {
    private static final int LONGEST = 200_000;
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Reads YAML 1.1, of which JSON is a part. Throws Refusal invalid saying where it cannot be read. */
    public static PlanDocument of(String text) {
        if (text.length() > LONGEST) {
            throw Refusal.tooLarge("A plan's document has at most " + LONGEST + " characters.");
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(LONGEST);
        try {
            return tree(new Yaml(new SafeConstructor(options)).load(text));
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw Refusal.invalid("The plan's document cannot be read as YAML" + where + ": " + e.getProblem() + ".");
        } catch (YAMLException e) {
            throw Refusal.invalid("The plan's document cannot be read as YAML: " + e.getMessage());
        }
    }

    /** Reads the canonical form again. */
    public static PlanDocument stored(String canonical) {
        try {
            return new PlanDocument(CANONICAL.readValue(canonical, new TypeReference<TreeMap<String, Object>>() {}));
        } catch (JacksonException e) {
            throw Refusal.unavailable("A plan's stored document is damaged. The provider has to look after it.");
        }
    }

    @SuppressWarnings("unchecked") // the reader asks for the type of each field
    private static PlanDocument tree(Object loaded) {
        if (loaded instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            return new PlanDocument(new TreeMap<>((Map<String, Object>) map));
        }
        throw Refusal.invalid("A plan's document is a list of named fields, beginning with \"id\" and \"version\".");
    }

    /** JSON with sorted fields and no spaces. */
    public String canonical() {
        return CANONICAL.writeValueAsString(fields);
    }

    /** SHA-256 of the canonical form, hexadecimal. */
    public String hash() {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
