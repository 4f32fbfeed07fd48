package dev.unkai.web;

import dev.unkai.base.access.Allow;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;

/** The rules all handlers live by: the caller as an argument, the policy before the handler, bounded JSON. */
@Configuration(proxyBeanMethods = false)
public class WebRules implements WebMvcConfigurer {
    private final AllowInterceptor allow;

    public WebRules(
            TokenGate gate,
            Access access,
            RefusalRecorder recorder,
            ObjectProvider<ScopeGate> scopes,
            ProofAge proofs,
            ViewingRule viewing,
            ObjectProvider<OthersThings> others,
            ObjectProvider<RefusalShape> shapes) {
        // They need the web's beans, so they are asked for at the first request, and then kept: asking is a tenth of
        // what a small read costs.
        Supplier<Optional<ScopeGate>> scope = SingletonSupplier.of(() -> Optional.ofNullable(scopes.getIfAvailable()));
        Supplier<Optional<OthersThings>> known =
                SingletonSupplier.of(() -> Optional.ofNullable(others.getIfAvailable()));
        this.allow = new AllowInterceptor(
                gate,
                access,
                recorder,
                caller -> scope.get().flatMap(found -> found.refusal(caller)),
                proofs,
                viewing,
                known,
                (caller, request) -> shapes.stream()
                        .flatMap(shape -> shape.instead(caller, request).stream())
                        .findFirst());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(allow);
    }

    /** Before all that answer a failure; it answers none itself. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst((request, response, handler, failure) -> {
            allow.record(request, handler, failure);
            return null;
        });
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    @Bean
    WebMvcRegistrations handlerIndex() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new HandlerIndex();
            }
        };
    }

    /** JSON that could exhaust us is refused while it is being read. */
    @Bean
    JsonMapperBuilderCustomizer boundedJson() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** The factory that the bounded mapper reads with: 32 levels, 1 MiB texts, 100-digit numbers. */
    @Bean
    JsonFactory jsonFactory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxNumberLength(100)
                        .maxStringLength(1 << 20)
                        .maxDocumentLength(2L << 20)
                        .build())
                .build();
    }

    /** Deny first: a handler without an action, or with one that the policy does not know, stops the start. */
    @Bean
    SmartInitializingSingleton everyHandlerNamesItsAction(
            ObjectProvider<RequestMappingHandlerMapping> mappings, Access access) {
        return () -> {
            List<String> naked = new ArrayList<>();
            mappings.stream()
                    .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                    .filter(handler -> handler.getBeanType().getName().startsWith("dev.unkai."))
                    .filter(handler -> !isCovered(handler, access))
                    .forEach(handler -> naked.add(handler.getShortLogMessage()));
            if (!naked.isEmpty()) {
                throw new IllegalStateException("These handlers have no @Allow action of policy.conf: " + naked);
            }
        };
    }

    private static boolean isCovered(HandlerMethod handler, Access access) {
        Allow allow = handler.getMethodAnnotation(Allow.class);
        return allow != null
                && (allow.value().equals(Allow.PUBLIC)
                        || allow.value().equals(Allow.ANY_TOKEN)
                        || (allow.value().equals(Allow.PEERS) && allow.peers().length > 0)
                        || access.policy().knows(allow.value()));
    }

    private static final class CallerArgument implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            Object caller = request.getAttribute(AllowInterceptor.CALLER, NativeWebRequest.SCOPE_REQUEST);
            if (caller == null) {
                throw new IllegalStateException("A public handler asks for a caller");
            }
            return caller;
        }
    }
}
