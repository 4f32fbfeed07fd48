package dev.unkai.identity.breakglass;

import dev.unkai.web.Peer;
import dev.unkai.wire.token.BreakGlassWord;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What the request at work says beside its body: the cloud process's word about break-glass, and the reason that its caller gives. The site's setting may
 * stand in identity's own file as well, for requests that come past the cloud; the stricter one holds.
 */
@Component
class GrantsTold {
    private static final String REASON = "X-Unkai-Reason";
    private static final int LONGEST_REASON = 500;

    private final boolean required;

    GrantsTold(@Value("${unkai.break-glass:required}") String setting) {
        this.required = switch (setting.strip()) {
            case "open" -> false;
            case "required" -> true;
            default ->
                throw new IllegalStateException(
                        "unkai.break-glass is \"" + setting + "\"; it must be \"open\" or \"required\".");
        };
    }

    BreakGlassWord now() {
        HttpServletRequest request = request();
        String header = request == null || !Peer.isCloud(request) ? null : request.getHeader(BreakGlassWord.HEADER);
        if (header == null) {
            return new BreakGlassWord(required, List.of());
        }
        // A word that is not understood grants nothing.
        BreakGlassWord said = BreakGlassWord.parse(header).orElse(new BreakGlassWord(true, List.of()));
        return new BreakGlassWord(required || said.required(), said.grants());
    }

    /** On whose request, or why, the caller does it: percent-encoded UTF-8, since headers are ASCII. */
    Optional<String> reason() {
        HttpServletRequest request = request();
        String header = request == null ? null : request.getHeader(REASON);
        if (header == null) {
            return Optional.empty();
        }
        try {
            String text = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return text.isEmpty() || text.length() > LONGEST_REASON ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
                ? servlet.getRequest()
                : null;
    }
}
