package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Stops query parameters and address parts that are no text before they reach the database. */
@Configuration(proxyBeanMethods = false)
class QueryGuard implements WebMvcConfigurer, HandlerInterceptor {
    private static final int LONGEST = 1_024;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                check("The parameter \"" + Texts.shown(name) + "\"", value);
            }
        });
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> parts) {
            parts.values().forEach(part -> check("The address", String.valueOf(part)));
        }
        return true;
    }

    private static void check(String what, String value) {
        if (value.length() > LONGEST) {
            throw Refusal.invalid(what + " is longer than " + LONGEST + " characters.");
        }
        if (!Texts.isStorable(value)) {
            throw Refusal.invalid(what + " contains characters that are not text.");
        }
    }
}
