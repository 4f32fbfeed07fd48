package dev.unkai.identity.passwordlink;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.account.PasswordRule;
import dev.unkai.identity.api.Accepted;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.Requester;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Forgotten and issued passwords; the cloud's edge shows the same addresses below {@code /service/v1}. */
@RestController
@RequestMapping("/identity/service/v1")
public final class PasswordLinkController {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TOKEN = 100;

    private final ResetWishes wishes;
    private final PasswordByLink passwords;

    PasswordLinkController(ResetWishes wishes, PasswordByLink passwords) {
        this.wishes = wishes;
        this.passwords = passwords;
    }

    record Opened(String password) {
        @Override
        public String toString() {
            return "password";
        }
    }

    /** {@code {"reset": {"domain": …, "user": …, "language": "ja"}}}. The same answer whether there is such an account or not. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-resets")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted ask(@RequestBody JsonNode body, HttpServletRequest request) {
        Body reset = Body.under(body, "reset").only("domain", "user", "language");
        wishes.ask(
                reset.text("domain", LONGEST_NAME),
                reset.text("user", LONGEST_NAME),
                language(reset),
                Requester.of(request));
        return Accepted.YES;
    }

    /** {@code {"reset": {"token": …, "password": …}}}. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-resets/use")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@RequestBody JsonNode body, HttpServletRequest request) {
        Body reset = Body.under(body, "reset").only("token", "password", "language");
        String fresh = PasswordRule.read(reset, "password");
        if (fresh == null) {
            throw Refusal.invalid("The field \"reset.password\" is missing.");
        }
        passwords.reset(reset.text("token", LONGEST_TOKEN), fresh, language(reset), Requester.of(request));
    }

    /** Shows an issued password, once. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/password-issues/open")
    ResponseEntity<Opened> open(@RequestBody JsonNode body, HttpServletRequest request) {
        Body issue = Body.under(body, "issue").only("token", "language");
        String password = passwords.open(issue.text("token", LONGEST_TOKEN), language(issue), Requester.of(request));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Opened(password));
    }

    /** An operator issues a password to a user, by a sealed link to his registered address. */
    @Allow("identity:password:issue")
    @PostMapping("/password-issues/{user}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted issue(Caller caller, @PathVariable String user, @RequestBody JsonNode body) {
        passwords.issue(caller, user, language(Body.under(body, "issue").only("language")));
        return Accepted.YES;
    }

    private static Language language(Body body) {
        return body.has("language")
                ? Language.of(body.text("language", 10))
                        .orElseThrow(() -> Refusal.invalid("The language is \"ja\" or \"en\"."))
                : Language.EN;
    }
}
