package dev.unkai.identity.address;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.Accepted;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.factor.ProofBody;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own mail address; the cloud's edge shows the same addresses below {@code /service/v1}. */
@RestController
@RequestMapping("/identity/service/v1")
public final class AddressController {
    private static final int LONGEST_TOKEN = 100;

    private final AddressChanges changes;

    AddressController(AddressChanges changes) {
        this.changes = changes;
    }

    record AddressSent(Wish address, ProofBody.Proof proof) {}

    record Wish(String email) {}

    /** {@code {"address": {"email": …}, "proof": {"password": …, "code": …}}}: a link goes to the new address. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/account/address")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted ask(Caller caller, @Shape(AddressSent.class) @RequestBody JsonNode body) {
        MailAddress fresh = MailAddress.parse(
                        Body.under(body, "address").only(Wish.class).text("email", MailAddress.LONGEST))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.INVALID, "NoMailAddress", "Enter a mail address, such as name@example.com."));
        changes.ask(caller, ProofBody.read(body), fresh);
        return Accepted.YES;
    }

    /** {@code {"confirmation": {"token": …}}}; the secret in the link is the permission. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/address-confirmations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(@RequestBody JsonNode body, HttpServletRequest request) {
        Body confirmation = Body.under(body, "confirmation").only("token");
        changes.confirm(confirmation.text("token", LONGEST_TOKEN), Requester.of(request));
    }
}
