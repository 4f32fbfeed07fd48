package dev.unkai.cloud.forward.subscription;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.forward.subscription.Subscriptions.Asker;
import dev.unkai.web.Peer;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The published rounds by mail, for everybody. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/ledger")
class SubscriptionController {
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{20,100}");

    private final Subscriptions subscriptions;

    SubscriptionController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * @param language ja or en
     * @param website a field that people do not see, so that who fills it in is a program
     */
    record Body(
            @Needed @Nullable String email,
            @Needed @OneOf({"ja", "en"}) @Nullable String language,
            @Nullable String website) {}

    /** What stands behind the # in the link of a mail. */
    record Link(@Needed @Nullable String token) {}

    /** 202 whatever becomes of it; a mail goes to the address. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/subscriptions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void subscribe(@RequestBody Body body, HttpServletRequest request) {
        MailAddress email = MailAddress.parse(body.email() == null ? "" : body.email())
                .orElseThrow(
                        () -> Refusal.invalid("\"email\" has to be a mail address such as yuki@customer.example."));
        Language language = Language.of(body.language())
                .orElseThrow(() -> Refusal.invalid("\"language\" has to be \"ja\" or \"en\"."));
        if (body.website() != null && !body.website().isEmpty()) {
            return; // A program is told what a person is told.
        }
        subscriptions.subscribe(asker(request), email, language);
    }

    /** The link of the mail was followed and its button pressed: reading it alone, as scanners of mail do, changes nothing. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/subscription-verifications")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void verify(@RequestBody Link body, HttpServletRequest request) {
        subscriptions.verify(asker(request), secret(body));
    }

    /** Ends the mails. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/subscription-endings")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@RequestBody Link body, HttpServletRequest request) {
        subscriptions.end(asker(request), secret(body));
    }

    private static String secret(Link body) {
        String token = body.token();
        if (token == null || !SECRET.matcher(token).matches()) {
            throw Refusal.notFound("There is no such subscription. Open the link in the mail as it is.");
        }
        return token;
    }

    private static Asker asker(HttpServletRequest request) {
        IpAddress address = Peer.source(request);
        String source = address.isV4()
                ? address.toString()
                : AddressPrefix.parse(address + "/64")
                        .map(AddressPrefix::toString)
                        .orElse(address.toString());
        return new Asker(address.toString(), source, Peer.agent(request), Peer.requestId(request));
    }
}
