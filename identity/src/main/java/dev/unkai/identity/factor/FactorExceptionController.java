package dev.unkai.identity.factor;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Body;
import dev.unkai.wire.token.Caller;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Accounts that need no second factor; the cloud's edge shows this as {@code /service/v1/second-factor-exceptions}. */
@RestController
@RequestMapping("/identity/service/v1/second-factor-exceptions")
public final class FactorExceptionController {
    private static final int LONGEST_REASON = 255;

    private final FactorExceptions exceptions;

    private final FactorSetting setting;

    FactorExceptionController(FactorExceptions exceptions, FactorSetting setting) {
        this.exceptions = exceptions;
        this.setting = setting;
    }

    /** @param roles who has one of these needs a second factor, unless a contract's plan says otherwise */
    record Rule(List<String> roles, List<FactorStore.Exempt> exceptions) {}

    record ExceptionSent(Reason exception) {}

    record Reason(String reason) {}

    /** Who needs a second factor, and who is excepted. */
    @Allow("identity:factor-exception:list")
    @GetMapping
    Rule list(Caller caller) {
        return new Rule(setting.roles(), exceptions.list(caller));
    }

    /** Excepts an account. */
    @Allow("identity:factor-exception:change")
    @PutMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void make(Caller caller, @PathVariable String user, @Shape(ExceptionSent.class) @RequestBody JsonNode body) {
        Body exception = Body.under(body, "exception").only(Reason.class);
        exceptions.make(caller, user, exception.text("reason", LONGEST_REASON));
    }

    /** Ends the exception. */
    @Allow("identity:factor-exception:change")
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, @PathVariable String user) {
        exceptions.end(caller, user);
    }
}
