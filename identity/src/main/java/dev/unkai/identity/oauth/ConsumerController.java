package dev.unkai.identity.oauth;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/OS-OAUTH1/consumers}. */
@RestController
@RequestMapping("/identity/v3/OS-OAUTH1/consumers")
public final class ConsumerController {
    private static final String[] FIELDS = {"description", "secret"};

    private final Consumers consumers;
    private final Listing listing;

    public ConsumerController(Consumers consumers, Listing listing) {
        this.consumers = consumers;
        this.listing = listing;
    }

    /** A consumer as the Identity v3 API shows it; the secret only where it is made. */
    record ConsumerView(
            String id,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String description,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String secret,

            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {}

    @Allow("identity:consumer:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return listing.<Consumer>whole("consumers", consumers.list(caller), one -> view(one, null), request);
    }

    @Allow("identity:consumer:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, ConsumerView> create(Caller caller, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "consumer");
        Consumers.Admitted admitted =
                consumers.create(caller, wanted.optionalText("description", 1_000), wanted.beside(FIELDS));
        return Map.of("consumer", view(admitted.consumer(), admitted.secret()));
    }

    @Allow("identity:consumer:show")
    @GetMapping("/{consumer}")
    Map<String, ConsumerView> show(Caller caller, @PathVariable String consumer) {
        return Map.of("consumer", view(consumers.show(caller, consumer), null));
    }

    @Allow("identity:consumer:update")
    @PatchMapping("/{consumer}")
    Map<String, ConsumerView> update(Caller caller, @PathVariable String consumer, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "consumer").saysSomething();
        wanted.sameId(consumer);
        if (wanted.has("secret")) {
            throw Refusal.invalid("The secret of a consumer cannot be changed. Make another consumer.");
        }
        return Map.of(
                "consumer",
                view(
                        consumers.update(
                                caller,
                                consumer,
                                now -> new Consumer(
                                        now.id(),
                                        wanted.has("description")
                                                ? wanted.optionalText("description", 1_000)
                                                : now.description(),
                                        now.extra().with(wanted.beside(FIELDS)))),
                        null));
    }

    @Allow("identity:consumer:delete")
    @DeleteMapping("/{consumer}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String consumer) {
        consumers.delete(caller, consumer);
    }

    private ConsumerView view(Consumer consumer, @Nullable String secret) {
        return new ConsumerView(
                consumer.id(),
                consumer.description(),
                secret,
                listing.self("/OS-OAUTH1/consumers/" + consumer.id()),
                consumer.extra().attributes());
    }
}
