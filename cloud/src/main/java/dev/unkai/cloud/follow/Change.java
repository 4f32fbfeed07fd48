package dev.unkai.cloud.follow;

import java.util.Optional;

/**
 * A thing was made, changed or removed.
 *
 * @param project whose it is; {@link #EVERYBODYS}, or {@link #PROVIDERS} for what no project has
 * @param id empty: the kind has no single things, or any of them
 */
record Change(ChangeKind kind, String project, String id) {
    static final String EVERYBODYS = "*";
    static final String PROVIDERS = "-";

    /** Reads what the database tells (V915): kind, project and id with spaces between. */
    static Optional<Change> of(String told) {
        String[] words = told.split(" ", 3);
        return words.length < 3
                ? Optional.empty()
                : ChangeKind.of(words[0]).map(kind -> new Change(kind, words[1], words[2]));
    }
}
