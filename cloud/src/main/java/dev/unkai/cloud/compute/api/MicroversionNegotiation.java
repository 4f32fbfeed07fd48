package dev.unkai.cloud.compute.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Settles the microversion of each Compute request, tells it to the handler and echoes it in the answer. */
@Component
class MicroversionNegotiation implements HandlerInterceptor, HandlerMethodArgumentResolver, WebMvcConfigurer {
    /** The Compute API's own name for the request's id, older than the common one. */
    private static final String REQUEST_ID = "X-Compute-Request-Id";

    private static final String ATTRIBUTE = Microversion.class.getName();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/compute/v2.1/**").order(100);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader(REQUEST_ID, response.getHeader("X-Openstack-Request-Id"));
        if (LegacyVersion.marks(request)) {
            request.setAttribute(ATTRIBUTE, Microversion.OLDEST);
            return true;
        }
        response.addHeader("Vary", Microversion.HEADER);
        response.addHeader("Vary", Microversion.OLD_HEADER);
        Microversion version = Microversion.requested(
                Collections.list(request.getHeaders(Microversion.HEADER)), request.getHeader(Microversion.OLD_HEADER));
        response.setHeader(Microversion.HEADER, "compute " + version);
        response.setHeader(Microversion.OLD_HEADER, version.toString());
        request.setAttribute(ATTRIBUTE, version);
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Microversion.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        Object version = request.getAttribute(ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
        return version == null ? Microversion.OLDEST : version;
    }
}
