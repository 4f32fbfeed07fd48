package dev.unkai.cloud.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Serves the console's files; an address that only the console knows gets its start page. */
@Configuration(proxyBeanMethods = false)
public class ConsoleFiles implements WebMvcConfigurer {
    private static final String FILES = "classpath:/META-INF/resources/";
    private static final Pattern API =
            Pattern.compile("(compute|network|image|identity|placement|service|health|internal)(/.*)?");
    private static final Pattern HAS_EXTENSION = Pattern.compile(".*\\.[A-Za-z0-9]+");
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src"
                    + " 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Vite names these files by their content, so a browser never has to ask again.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new EncodedResourceResolver())
                .addResolver(new PathResourceResolver());
        registry.addResourceHandler("/", "/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(new StartPage());
    }

    /** Answers of the APIs are no documents: a browser that takes one for a page runs and shows nothing of it. */
    @Bean
    OncePerRequestFilter consoleSafetyHeaders() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (API.matcher(request.getRequestURI().substring(1)).matches()) {
                    response.setHeader("Content-Security-Policy", NO_DOCUMENT);
                } else {
                    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
                    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
                    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
                    response.setHeader("Referrer-Policy", "no-referrer");
                    response.setHeader("X-Frame-Options", "DENY");
                }
                chain.doFilter(request, response);
            }
        };
    }

    private static final class StartPage extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = path.isEmpty() ? null : super.getResource(path, location);
            if (file != null) {
                return file;
            }
            boolean notAPage =
                    API.matcher(path).matches() || HAS_EXTENSION.matcher(path).matches();
            return notAPage ? null : super.getResource("index.html", location);
        }
    }
}
