package dev.unkai.identity.backup;

import java.io.IOException;

/** Why a backup cannot be made or used, with a sentence that says what to do. */
public final class BackupTrouble extends IOException {
    private static final long serialVersionUID = 1;

    /** The kinds, by which the command line finds its own words in the user's language. */
    public enum Kind {
        /** Another one is being made at this moment. */
        BUSY,
        /** A table or sequence that the role of the backup may not read. */
        UNREADABLE,
        /** What was written is not what is read back. */
        UNFAITHFUL,
        /** The file is no backup of identity. */
        NO_BACKUP,
        /** Sealed under another key file. */
        OTHER_KEY,
        /** Cut short or changed. */
        DAMAGED,
        /** Made by a newer version of the program. */
        NEWER,
        /** The database to restore into has something in it. */
        OCCUPIED
    }

    private final Kind kind;

    BackupTrouble(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static BackupTrouble damaged(String how) {
        return new BackupTrouble(
                Kind.DAMAGED, "The backup is damaged (" + how + "). Nothing was changed; use another one.");
    }
}
