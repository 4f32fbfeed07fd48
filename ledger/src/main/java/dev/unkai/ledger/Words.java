package dev.unkai.ledger;

import dev.unkai.base.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text as they are searched for, whatever language the database speaks: letters and digits between other signs, in lower case and one
 * spelling (NFKC); ids and IPv4 addresses in one piece; of Japanese, Chinese and Korean, which put no spaces, each two neighbouring signs.
 */
final class Words {
    /** An event has no more than this many: nobody can make the ledger slow by what he writes into a name. */
    static final int MOST = 64;

    private static final int LONGEST = 64;
    private static final int PREFIX = 6;
    /** From so many signs on, the beginning of a word finds it. */
    private static final int BEGINNING = 3;

    /** As ids of all kinds are found, without their hyphens. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Set<String> words = new LinkedHashSet<>();
    /** Of a run of signs its last one by itself, too: for who looks for that sign alone. */
    private final boolean lastAlone;

    /** Of an event. */
    Words() {
        this(true);
    }

    private Words(boolean lastAlone) {
        this.lastAlone = lastAlone;
    }

    static Words of(String text) {
        Words words = new Words();
        words.add(text);
        return words;
    }

    /** Of what is looked for: its pairs say all, and to look for the last sign besides would be to read through every word that begins with it. */
    static Words wanted(String text) {
        Words words = new Words(false);
        words.add(text);
        return words;
    }

    /** What the words of that log begin with in the index. */
    static String prefix(String log) {
        return Base64.getUrlEncoder()
                .encodeToString(Sha256.of(log.getBytes(StandardCharsets.UTF_8)))
                .substring(0, PREFIX);
    }

    Collection<String> all() {
        return words;
    }

    void add(String raw) {
        String text = isPlain(raw)
                ? raw.toLowerCase(Locale.ROOT)
                : Normalizer.normalize(raw, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        int at = 0;
        while (at < text.length() && words.size() < MOST) {
            int sign = text.codePointAt(at);
            if (unspaced(sign)) {
                at = pairs(text, at);
            } else if (Character.isLetterOrDigit(sign)) {
                at = word(text, at);
            } else {
                at += Character.charCount(sign);
            }
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Each two neighbours, and the last one alone: so a single sign is found as the beginning of one of them. */
    private int pairs(String text, int from) {
        int at = from;
        while (at < text.length() && unspaced(text.codePointAt(at)) && words.size() < MOST) {
            int next = at + Character.charCount(text.codePointAt(at));
            boolean pair = next < text.length() && unspaced(text.codePointAt(next));
            if (pair || lastAlone || at == from) {
                words.add(text.substring(at, pair ? next + Character.charCount(text.codePointAt(next)) : next));
            }
            at = next;
        }
        return at;
    }

    private int word(String text, int from) {
        int id = afterId(text, from);
        if (id > from) {
            keep(text.substring(from, id).replace("-", ""));
            return id;
        }
        int at = from;
        boolean number = true;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            boolean dot = sign == '.'
                    && number
                    && at + 1 < text.length()
                    && isDigit(text.charAt(at + 1))
                    && isDigit(text.charAt(at - 1));
            if (!dot && (!Character.isLetterOrDigit(sign) || unspaced(sign))) {
                break;
            }
            number &= dot || sign < 0x80 && isDigit((char) sign);
            at += Character.charCount(sign);
        }
        keep(text.substring(from, at));
        return at;
    }

    /** Where a UUID that begins there ends; else {@code from}. */
    private static int afterId(String text, int from) {
        int length = 36;
        if (from + length > text.length()) {
            return from;
        }
        for (int i = 0; i < length; i++) {
            char sign = text.charAt(from + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? sign != '-' : !isDigit(sign) && (sign < 'a' || sign > 'f')) {
                return from;
            }
        }
        return from + length;
    }

    private void keep(String word) {
        words.add(word.length() > LONGEST ? word.substring(0, LONGEST) : word);
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean unspaced(int sign) {
        if (sign < 0x1100) {
            return false;
        }
        return switch (Character.UnicodeScript.of(sign)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> sign == 'ー';
        };
    }

    /** As a condition of PostgreSQL's text search: all of them, as they are; of no log, without what its words begin with. */
    String exactly(@Nullable String log) {
        return condition(log, false);
    }

    /** The same where the beginnings of the words are enough. */
    String beginnings(@Nullable String log) {
        return condition(log, true);
    }

    /**
     * Enough to find few events by: of words with an id among them the id alone. The index goes through all events with a word that begins like one of the others,
     * such as the "req" before a request's id, which is in every event.
     */
    String fewest(@Nullable String log) {
        Words ids = new Words();
        words.stream().filter(word -> ID.matcher(word).matches()).forEach(ids.words::add);
        return (ids.words.isEmpty() ? this : ids).beginnings(log);
    }

    private String condition(@Nullable String log, boolean beginnings) {
        String prefix = log == null ? "" : prefix(log);
        return words.stream()
                .map(word -> "'" + (prefix + word).replace("\\", "\\\\").replace("'", "''") + "'"
                        + (beginnings && isBeginning(word) ? ":*" : ""))
                .collect(Collectors.joining(" & "));
    }

    private static boolean isBeginning(String word) {
        return word.length() >= BEGINNING
                || word.codePointCount(0, word.length()) == 1 && unspaced(word.codePointAt(0));
    }
}
