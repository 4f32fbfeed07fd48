package dev.unkai.identity.api;

/** Which texts may enter the database and the log. */
public final class Texts {
    private static final int LONGEST_SHOWN = 64;

    private Texts() {}

    /** False for NUL, which PostgreSQL cannot store, and for halves of surrogate pairs, which no encoding can. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }

    /** A stranger's text, fit for an event: short, storable, without control characters. */
    public static String shown(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(point -> !Character.isISOControl(point) && !(point >= 0xD800 && point <= 0xDFFF))
                .limit(LONGEST_SHOWN)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
