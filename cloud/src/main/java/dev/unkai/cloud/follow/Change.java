package dev.unkai.cloud.follow;

import java.util.Optional;

/**
 * A thing was made, changed or removed.
 *
 * @param id empty: the kind has no single things, or any of them
 */
record Change(ChangeKind kind, Owner owner, String id) {
    /** Whose a thing is, and so who hears of it. */
    sealed interface Owner {
        /** Everybody sees it. */
        record Everybody() implements Owner {}

        /** No project has it; the provider alone sees it. */
        record Provider() implements Owner {}

        record Project(String id) implements Owner {}

        /**
         * A thing of identity's, which no project has.
         *
         * @param user whose account it belongs to; empty: to none
         * @param domain whose users' administration sees it; empty: none does
         */
        record Account(String user, String domain) implements Owner {}

        /** As the database tells it (V915, V924). */
        static Owner of(String told) {
            return switch (told) {
                case "*" -> new Everybody();
                case "-" -> new Provider();
                default ->
                    told.startsWith(OF_USER) ? new Account(told.substring(OF_USER.length()), "") : new Project(told);
            };
        }
    }

    private static final String OF_USER = "user:";

    /** Reads what the database tells: kind, owner and id with spaces between. */
    static Optional<Change> of(String told) {
        String[] words = told.split(" ", 3);
        return words.length < 3
                ? Optional.empty()
                : ChangeKind.of(words[0]).map(kind -> new Change(kind, Owner.of(words[1]), words[2]));
    }
}
