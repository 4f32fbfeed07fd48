package dev.unkai.cloud.history;

import dev.unkai.cloud.history.HistoryExport.Job;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The words around the events of a PDF; what was recorded stands as it was recorded.
 *
 * @param names of the conditions by which events are chosen, by their names in the API
 */
record PdfWords(
        String title,
        String of,
        String chosen,
        String everything,
        String size,
        String signed,
        String root,
        String signature,
        String round,
        String roundRoot,
        String absent,
        String key,
        String how,
        List<String> columns,
        String changes,
        String reason,
        String recorded,
        String received,
        String request,
        String success,
        String failure,
        String ends,
        String goesOn,
        Map<String, String> names) {
    private static final PdfWords ENGLISH = new PdfWords(
            "History",
            "History of",
            "Chosen",
            "all events up to the head",
            "Events in the history up to the head",
            "Head signed at",
            "Root of the head (SHA-256)",
            "Signature (Ed25519)",
            "Published round",
            "Root of the round (SHA-256)",
            "not in a published round yet",
            "SHA-256 of the ledger's key",
            "Times are UTC. Each event bears the hash of its record, of which the root of the head is computed (RFC 9162). To check all of it by computer, export"
                    + " the same as JSON Lines and run \"unkai verify\"; the round's root and the key stand on the public page /ledger.",
            List.of("Place", "Time", "What", "On", "Who, from where"),
            "Changed",
            "Reason",
            "Recorded as",
            "Received",
            "Request",
            "Success",
            "Failed",
            "End of the file. Events in it: %d.",
            "There are more: a PDF has room for %d. Choose a shorter period for the others.",
            names("Target", "Action", "Outcome", "Person", "From", "Words", "Received from", "Received before"));
    private static final PdfWords JAPANESE = new PdfWords(
            "操作履歴",
            "履歴の所有者",
            "条件",
            "先頭情報までのすべてのイベント",
            "先頭情報までの履歴の件数",
            "署名日時",
            "先頭情報のルート（SHA-256）",
            "署名（Ed25519）",
            "公開ラウンド",
            "ラウンドのルート（SHA-256）",
            "まだ公開ラウンドに含まれていません",
            "台帳の鍵の SHA-256",
            "時刻は協定世界時（UTC）です。イベントごとに記録のハッシュ値を示します。先頭情報のルートは、これらから計算したものです（RFC 9162）。すべてを計算機で検査するには、同じ条件で JSON Lines に"
                    + "書き出して「unkai verify」を実行してください。ラウンドのルートと鍵は、公開ページ /ledger にあります。",
            List.of("位置", "日時", "操作", "対象", "実行者・接続元"),
            "変更内容",
            "理由",
            "記録上の操作",
            "受信",
            "リクエスト",
            "成功",
            "失敗",
            "ファイルの終わりです。イベント %d 件。",
            "これ以外にもイベントがあります。PDF には %d 件まで入ります。残りは期間を分けて書き出してください。",
            names("対象の ID", "操作", "結果", "実行者", "接続元", "語", "受信日時（以降）", "受信日時（より前）"));

    static PdfWords of(Locale language) {
        return language.getLanguage().equals("ja") ? JAPANESE : ENGLISH;
    }

    String outcome(String recorded) {
        return switch (recorded) {
            case "success" -> success;
            case "failure" -> failure;
            default -> recorded;
        };
    }

    String foot(Job job) {
        String root = job.head().path("root").asString();
        return title + "  " + job.log() + "   " + size + ": "
                + job.head().path("size").asString() + "   "
                + hex(root).substring(0, 16) + "…";
    }

    String end(long count) {
        return ends.formatted(count);
    }

    String more(long most) {
        return goesOn.formatted(most);
    }

    /** What the events were chosen by, in a line. */
    String chosen(Wanted wanted) {
        return wanted.isEverything()
                ? everything
                : wanted.facts().entrySet().stream()
                        .map(fact -> names.getOrDefault(fact.getKey(), fact.getKey()) + ": " + fact.getValue())
                        .collect(Collectors.joining("   "));
    }

    private static Map<String, String> names(
            String target,
            String action,
            String outcome,
            String actor,
            String source,
            String text,
            String since,
            String until) {
        return Map.of(
                "target", target, "action", action, "outcome", outcome, "actor", actor, "source", source, "text", text,
                "since", since, "until", until);
    }

    static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }
}
