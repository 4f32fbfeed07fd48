package dev.unkai.launcher;

import org.jspecify.annotations.Nullable;

/** Something the person at the keyboard has to know or do, as a sentence from the message file. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final transient @Nullable Object[] values;

    Problem(String key, @Nullable Object... values) {
        super(key);
        this.key = key;
        this.values = values;
    }

    String key() {
        return key;
    }

    @Nullable
    Object[] values() {
        return values;
    }

    @Override
    public String getMessage() {
        return Messages.ofTheEnvironment().text(key, values);
    }
}
