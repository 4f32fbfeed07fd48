package dev.unkai.cloud.edge;

import dev.unkai.cloud.breakglass.BreakGlassWords;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.TokenClaims;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What identity is told beside what a client has sent, when one of the provider's people changes something there: the break-glass access that he has at this
 * moment, and the reason that he gives.
 */
@Component
final class ProvidersWord {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String REASON = "X-Unkai-Reason";
    /** Percent-encoded (RFC 3986): a header is ASCII, a reason is not. */
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9%._~!*'()-]{1,4500}");

    private final TokenGate gate;
    private final Function<TokenClaims, Optional<BreakGlassWord>> words;

    @Autowired
    ProvidersWord(TokenGate gate, BreakGlassWords words) {
        this(gate, words::about);
    }

    ProvidersWord(TokenGate gate, Function<TokenClaims, Optional<BreakGlassWord>> words) {
        this.gate = gate;
        this.words = words;
    }

    void on(HttpRequest.Builder outbound, HttpServletRequest inbound) {
        // A log-in and a log-out are nobody's work in a contract.
        if (LOOKING.contains(inbound.getMethod()) || inbound.getRequestURI().startsWith("/identity/v3/auth/")) {
            return;
        }
        gate.claims(inbound).flatMap(words).ifPresent(word -> outbound.header(BreakGlassWord.HEADER, word.text()));
        String reason = inbound.getHeader(REASON);
        if (reason != null && ENCODED.matcher(reason).matches()) {
            outbound.header(REASON, reason);
        }
    }
}
