package dev.unkai.cloud.forward.delivery;

import dev.unkai.cloud.forward.send.Trouble;
import dev.unkai.web.mail.Mail.Language;

/** Why a destination took nothing, in the language of who is written to, with what to do about it; the same sentences as in the console. */
final class TroubleWords {
    private TroubleWords() {}

    /** In Japanese the sentence of the reason, with what is particular to it, which is English, behind. */
    static String of(Trouble trouble, Language language) {
        return language == Language.JA
                ? japanese(trouble.reason()) + "\n（詳細: " + trouble.detail() + "）"
                : trouble.detail();
    }

    private static String japanese(Trouble.Reason reason) {
        return switch (reason) {
            case NO_HOST -> "名前が DNS にありません。綴りを確認してください。";
            case CLOSED_ADDRESS -> "本サービスからは届かないアドレスです。事業者が範囲を開放しない限り、送れるのはインターネット上のアドレスのみです。";
            case UNREACHABLE -> "応答がありません。ポートと、ファイアウォールで接続が許可されていることを確認してください。";
            case UNTRUSTED -> "サーバー証明書の発行元が、信頼する認証局と異なります。発行した認証局の証明書を指定してください。";
            case OTHER_NAME -> "サーバー証明書の名前が異なります。証明書にある名前をサーバー名に指定してください。";
            case ENDED -> "サーバー証明書が有効期間外です。更新してください。";
            case CLIENT_REFUSED -> "サーバーがクライアント証明書を受け入れないか、提示を求めています。サーバーが信頼する証明書を指定してください。";
            case HANDSHAKE -> "TLS 1.2 または 1.3 で接続できません。サーバーのログを確認してください。";
            case SILENT -> "サーバーの応答が遅いか、接続を終了しません。";
            case BROKEN_OFF -> "サーバーが途中で接続を閉じました。サーバーのログを確認してください。";
            case STATUS -> "受け側がエラーを返しました。受け側のログを確認してください。";
            case TOO_LARGE -> "受け側が、小さなイベント 1 件のリクエストも大きすぎるとしています（413）。受け側で、少なくとも 64 KiB の本文を受け取れるようにしてください。";
            case GONE -> "受け側が 410 を返しました。受け取れるようになったら再開してください。";
            case SECRET -> "保管している鍵が使えなくなりました。転送先を変更するか、シークレットを更新してください。";
        };
    }
}
