package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.wire.evidence.CaptureFault;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a part is missing, or why a package does not go on just now. Stored as a kind, so that register, package and console say it in both languages.
 *
 * @param detail what was said where the kind does not say all, as it came; null where it does
 */
public record Obstacle(Kind kind, @Nullable String detail) {
    /** The sentences are the console's too ({@code evidence.obstacles}), which a test compares. */
    public enum Kind {
        SERVER_GONE("The server was deleted before this could be secured.", "確保する前にサーバーが削除されました。"),
        NOT_RUNNING("The server did not run, so this did not exist.", "サーバーが停止していたため、存在しませんでした。"),
        HOST_FULL("The host's disk had no room for the copy.", "ホストのディスクに、コピーを置く空き容量がありませんでした。"),
        HOST_TOO_OLD(
                "The host's software does not know how to secure this. Update the node.",
                "ホストのソフトウェアがこの確保に対応していません。ノードを更新してください。"),
        LATE(
                "The host has not brought this in time. Its software may be too old, or the server is on no host.",
                "ホストから期限までに届きませんでした。ホストのソフトウェアが古いか、サーバーがどのホストにもありません。"),
        HOST("The host could not secure this.", "ホストで確保できませんでした。"),
        LEDGER(
                "The ledger does not give the events just now. It goes on as soon as it does.",
                "現在、台帳からイベントを取得できません。取得できるようになると再開します。"),
        EVENTS_LATE("The ledger has not given the events in time.", "台帳から期限までにイベントを取得できませんでした。"),
        NO_ROOM(
                "There is not enough space left for the package. It goes on as soon as there is.",
                "パッケージを置く空き容量が足りません。空きができると再開します。"),
        NOT_WRITTEN("It cannot be written just now. It is tried again.", "現在、書き込めません。自動的に再試行します。");

        private final String english;
        private final String japanese;

        Kind(String english, String japanese) {
            this.english = english;
            this.japanese = japanese;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String english() {
            return english;
        }

        public String japanese() {
            return japanese;
        }

        public static Optional<Kind> of(@Nullable String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(wireName))
                    .findFirst();
        }
    }

    static Obstacle of(Kind kind) {
        return new Obstacle(kind, null);
    }

    /** What a host says. */
    static Obstacle of(String sentence) {
        return CaptureFault.of(sentence)
                .map(fault -> switch (fault) {
                    case NO_MEMORY, NO_DESCRIPTION -> of(Kind.NOT_RUNNING);
                    case NO_ROOM -> of(Kind.HOST_FULL);
                    case UNKNOWN_KIND -> of(Kind.HOST_TOO_OLD);
                })
                .orElseGet(() -> new Obstacle(Kind.HOST, sentence));
    }

    /** What a failed step means to people. */
    static Obstacle of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left")) {
            return of(Kind.NO_ROOM);
        }
        return failure instanceof Refusal refusal
                ? new Obstacle(Kind.LEDGER, refusal.sentence())
                : new Obstacle(Kind.NOT_WRITTEN, message);
    }

    /** In both languages, for who reads the package without a console. */
    String told() {
        return kind.english + " / " + kind.japanese + (detail == null ? "" : " (" + detail + ")");
    }
}
