package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.web.RefusalRecorder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A page of another site changes nothing here, not even by a log-in under an account of its own choosing (cross-site request forgery). Browsers
 * say whose page a request comes from: Sec-Fetch-Site (W3C Fetch Metadata) and Origin (RFC 6454). Programs say neither. This stands beside
 * the cookie's SameSite=Strict and the header that goes with it.
 */
@Component
final class OtherSites implements HandlerInterceptor, WebMvcConfigurer {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> OWN = List.of("same-origin", "none");

    private final URI publicUrl;
    private final RefusalRecorder recorder;

    OtherSites(@Value("${unkai.public-url}") URI publicUrl, RefusalRecorder recorder) {
        this.publicUrl = publicUrl;
        this.recorder = recorder;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(-1); // before the token is looked at
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!READING.contains(request.getMethod()) && isOfAnother(request)) {
            recorder.noToken(request, "cross-site:" + request.getMethod());
            throw Refusal.forbidden(
                    "This request was sent by a page of another site, and only the console's own pages may change"
                            + " anything. Open the console itself and do it there.");
        }
        return true;
    }

    private boolean isOfAnother(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site)) {
            return true;
        }
        String origin = request.getHeader("Origin");
        return origin != null && !isOwn(origin, request.getHeader("Host"));
    }

    /** The address by which the request came counts as well as the public one: an operator may reach this machine by another name. */
    private boolean isOwn(String origin, @Nullable String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals("https://" + publicUrl.getAuthority())
                || (host != null && lower.equals("https://" + host.toLowerCase(Locale.ROOT)));
    }
}
