package dev.unkai.identity.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells passwords that guessers try first. They lengthen and disguise the same few words: so words of the list count
 * little, the account's own names, runs and repetitions nothing, and the rest by its length.
 */
final class CommonPasswords {
    private static final String FILE = "/common-passwords.txt";
    /** What a password must be worth: as much as this many signs that nobody foresees. */
    private static final double LEAST = 6;

    private static final double DIGIT = 0.5;
    /** A word of the list is one of some thousands: worth little, but several together are a good password. */
    private static final double WORD = 1.5;

    private static final int SHORTEST_WORD = 4;
    private static final int SHORTEST_RUN = 3;
    /** Rows of keys of the usual boards, and the alphabet; read in both directions. */
    private static final List<String> ROWS = List.of(
            "1234567890-=",
            "1234567890-^",
            "qwertyuiop[]",
            "asdfghjkl;'",
            "zxcvbnm,./",
            "qazwsxedcrfvtgbyhnujmikolp",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
            "1q2w3e4r5t6y7u8i9o0p",
            "abcdefghijklmnopqrstuvwxyz",
            "azertyuiop",
            "qwertzuiop",
            "!@#$%^&*()",
            "!\"#$%&'()");
    /** What people write instead of a letter. */
    private static final Map<Character, Character> DISGUISES =
            Map.of('0', 'o', '1', 'i', '3', 'e', '4', 'a', '5', 's', '7', 't', '@', 'a', '$', 's', '!', 'i', '8', 'b');

    private final Set<String> words;
    private final int longest;

    private CommonPasswords(Set<String> words) {
        this.words = words;
        this.longest = words.stream().mapToInt(String::length).max().orElse(0);
    }

    static CommonPasswords load() {
        Set<String> words = new HashSet<>();
        try (InputStream file = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(CommonPasswords::bare)
                    .filter(word -> word.length() >= SHORTEST_WORD)
                    .forEach(words::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CommonPasswords(words);
    }

    int size() {
        return words.size();
    }

    /** @param own names that whoever attacks this account knows */
    boolean isWeak(String password, Collection<String> own) {
        String plain = password.toLowerCase(Locale.ROOT);
        String once = plain.substring(0, period(plain));
        Set<String> names = new HashSet<>();
        own.stream()
                .map(CommonPasswords::bare)
                .filter(name -> name.length() >= SHORTEST_RUN)
                .forEach(names::add);
        return worth(once, names) < LEAST;
    }

    /** The least that it is worth over all ways to cut it into pieces. */
    private double worth(String text, Set<String> names) {
        String letters = bare(text);
        double[] least = new double[text.length() + 1];
        for (int end = 1; end <= text.length(); end++) {
            char last = text.charAt(end - 1);
            least[end] = least[end - 1] + (Character.isDigit(last) ? DIGIT : 1);
            for (int start = end - SHORTEST_RUN; start >= 0; start--) {
                String piece = text.substring(start, end);
                least[end] = Math.min(least[end], least[start] + worth(piece, letters.substring(start, end), names));
            }
        }
        return least[text.length()];
    }

    /** @param letters the piece without its disguise */
    private double worth(String piece, String letters, Set<String> names) {
        if (names.contains(letters) || isRun(piece) || isYear(piece)) {
            return 0;
        }
        boolean word = piece.length() >= SHORTEST_WORD && piece.length() <= longest && words.contains(letters);
        return word ? WORD : piece.length();
    }

    private static boolean isYear(String piece) {
        return piece.length() == 4 && (piece.startsWith("19") || piece.startsWith("20"));
    }

    private static boolean isRun(String piece) {
        String back = new StringBuilder(piece).reverse().toString();
        return piece.chars().distinct().count() == 1
                || ROWS.stream().anyMatch(row -> row.contains(piece) || row.contains(back));
    }

    /** The length of what the text repeats, itself when it repeats nothing. */
    private static int period(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            String head = text.substring(0, length);
            if (text.length() % length == 0
                    && head.repeat(text.length() / length).equals(text)) {
                return length;
            }
        }
        return text.length();
    }

    /** Small letters, with the usual disguises taken off; as long as before. */
    private static String bare(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        StringBuilder bare = new StringBuilder();
        plain.chars()
                .forEach(sign -> bare.append(
                        DISGUISES.getOrDefault((char) sign, (char) sign).charValue()));
        return bare.toString();
    }
}
