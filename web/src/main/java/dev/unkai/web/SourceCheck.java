package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.Bearer;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Holds where a request comes from against the rules. The provider's own accounts can always get in from the machine itself: whoever is
 * there could change the rules anyway, and a wrong rule must not lock the provider out for good.
 */
public final class SourceCheck {
    /** What the history says of a request from elsewhere. */
    public static final String REASON = "the source address rules do not allow this address";

    /** Tells programs, such as the console, this refusal from others with the same status, in whichever API. */
    static final String HEADER = "X-Unkai-Refusal";

    /** The refusal's name for programs. */
    static final String CODE = "SourceAddress";

    private static final String PROVIDER = "default";

    private SourceCheck() {}

    public static boolean permits(SourceRules rules, Bearer bearer, HttpServletRequest request) {
        return permits(rules, bearer, Peer.source(request), Peer.isLocal(request));
    }

    /** @param local whether the request comes from the machine itself, through no proxy */
    public static boolean permits(SourceRules rules, Bearer bearer, IpAddress address, boolean local) {
        return rules.permits(bearer, address) || (local && bearer.home().equals(PROVIDER));
    }

    /** Says to the bearer of a good token where he is and whom to ask, and no more; in Japanese where that is asked for. */
    static Refusal refusal(HttpServletRequest request) {
        String address = Peer.address(request);
        return speaksJapanese(request)
                ? refused("お使いのアドレス（" + address + "）からは利用できません。許可されたネットワークから接続するか、契約のマスターユーザーに"
                        + "お問い合わせください。マスターユーザーの方は、サービス提供者にお問い合わせください。")
                : refusal(address);
    }

    /** The same in English. */
    public static Refusal refusal(String address) {
        return refused("This may not be used from your address (" + address
                + "). Connect from a network that is allowed, or ask your contract's master user; if that is you, ask the"
                + " provider.");
    }

    private static Refusal refused(String sentence) {
        return new Refusal(Refusal.Kind.FORBIDDEN, CODE, sentence);
    }

    /** Whether the first of the languages that the client asks for is Japanese. */
    public static boolean speaksJapanese(HttpServletRequest request) {
        String languages = request.getHeader("Accept-Language");
        return languages != null && languages.startsWith("ja");
    }
}
