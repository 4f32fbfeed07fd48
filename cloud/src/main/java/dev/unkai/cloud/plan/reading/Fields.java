package dev.unkai.cloud.plan.reading;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.plan.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The fields of one object of a plan's document, read strictly: what is missing, of the wrong kind or out of range is refused by a sentence with its
 * path, and so is what nobody has asked for.
 */
final class Fields {
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_TEXT = 20_000;
    private static final String ID = "[a-z][a-z0-9-]{0,39}";

    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new TreeSet<>();

    private Fields(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    /** Reads the object with the function, and refuses fields that the function has not asked for. */
    static <T> T read(String path, Object value, Function<Fields, T> reading) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(path, "holds named fields");
        }
        Fields fields = new Fields(path, map);
        T result = reading.apply(fields);
        for (Object name : map.keySet()) {
            if (!(name instanceof String text) || !fields.known.contains(text)) {
                throw Refusal.invalid("The plan's field \"" + fields.at(String.valueOf(name))
                        + "\" is not known. Known there: " + String.join(", ", fields.known) + ".");
            }
        }
        return result;
    }

    <T> T object(String name, Function<Fields, T> reading) {
        return read(at(name), value(name), reading);
    }

    /** A list of objects. */
    <T> List<T> objects(String name, int fewest, int most, Function<Fields, T> reading) {
        List<T> all = new ArrayList<>();
        for (Object each : list(name, fewest, most)) {
            all.add(read(at(name) + "[" + all.size() + "]", each, reading));
        }
        return all;
    }

    String id(String name) {
        if (value(name) instanceof String text && text.matches(ID)) {
            return text;
        }
        throw wrong(at(name), "is 1 to 40 lower-case letters, digits and hyphens, a letter first");
    }

    int number(String name, int least, int most) {
        if (value(name) instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw wrong(at(name), "is a whole number from " + least + " to " + most);
    }

    /** Whether the field is there; for one that plans of before do not have. */
    boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** Whether the field is the word instead of something else, such as {@code never} instead of a number. */
    boolean is(String name, String word) {
        return word.equals(value(name));
    }

    Words line(String name) {
        return words(name, LONGEST_LINE);
    }

    Words text(String name) {
        return words(name, LONGEST_TEXT);
    }

    private Words words(String name, int longest) {
        return object(name, both -> new Words(both.in("en", longest), both.in("ja", longest)));
    }

    private String in(String language, int longest) {
        if (value(language) instanceof String text && !text.isBlank() && text.length() <= longest) {
            return text.strip();
        }
        throw wrong(
                at(language), "is a text of 1 to " + longest + " characters (in quotes if it could be something else)");
    }

    <E extends Enum<E>> E one(String name, Class<E> type) {
        return one(at(name), value(name), type);
    }

    /** Each at most once; written with hyphens. */
    <E extends Enum<E>> Set<E> several(String name, int fewest, Class<E> type) {
        Set<E> all = new LinkedHashSet<>();
        for (Object each : list(name, fewest, type.getEnumConstants().length)) {
            E one = one(at(name), each, type);
            if (!all.add(one)) {
                throw Refusal.invalid("The plan's field \"" + at(name) + "\" names " + word(one) + " twice.");
            }
        }
        return all;
    }

    /** Country codes (ISO 3166-1 alpha-2). */
    Set<String> countries(String name) {
        Set<String> all = new TreeSet<>();
        for (Object each : list(name, 1, 50)) {
            if (!(each instanceof String code)
                    || !Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)
                            .contains(code)) {
                throw Refusal.invalid("The plan's field \"" + at(name) + "\" names \"" + each
                        + "\", which is no country. Use the two letters of ISO 3166-1, in quotes: \"JP\".");
            }
            all.add(code);
        }
        return all;
    }

    private List<?> list(String name, int fewest, int most) {
        if (value(name) instanceof List<?> list && list.size() >= fewest && list.size() <= most) {
            return list;
        }
        throw wrong(at(name), "is a list with " + fewest + " to " + most + " entries");
    }

    private static <E extends Enum<E>> E one(String path, Object value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> word(each).equals(value))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("The plan's field \"" + path + "\" is \"" + value
                        + "\", which is not known. Known: "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Fields::word)
                                        .toList()) + "."));
    }

    /** Reads a word that stands for one of several shapes. */
    String kind(String name, String... kinds) {
        if (value(name) instanceof String kind && List.of(kinds).contains(kind)) {
            return kind;
        }
        throw Refusal.invalid("The plan's field \"" + at(name) + "\" is \"" + value(name)
                + "\", which is not known. Known: " + String.join(", ", kinds) + ".");
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Object value(String name) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            throw Refusal.invalid("The plan's field \"" + at(name) + "\" is missing.");
        }
        return value;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Refusal wrong(String path, String what) {
        return Refusal.invalid("The plan's field \"" + path + "\" " + what + ".");
    }
}
