package dev.unkai.identity.factor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.Accounts;
import dev.unkai.identity.account.PasswordRule;
import dev.unkai.identity.account.Passwords;
import dev.unkai.identity.address.AddressChanges;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Named;
import dev.unkai.wire.token.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own account, for the page My account; the cloud's edge shows this as {@code /service/v1/account}. */
@RestController
@RequestMapping("/identity/service/v1/account")
public final class AccountController {
    private final Accounts accounts;
    private final Passwords passwords;
    private final SecondFactor factor;
    private final AddressChanges addresses;
    private final String issuer;

    AccountController(
            Accounts accounts,
            Passwords passwords,
            SecondFactor factor,
            AddressChanges addresses,
            IdentitySettings settings) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.factor = factor;
        this.addresses = addresses;
        this.issuer = "Unkai " + settings.publicUrl().getHost();
    }

    /** Why no second factor is needed where others need one. */
    record ExceptionView(String reason, Instant since) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Shape(name = "SecondFactor")
    record FactorView(
            boolean enrolled,
            boolean app,
            @Nullable Instant since,
            List<PasskeyController.PasskeyView> passkeys,
            boolean passkeysPossible,
            int recoveryCodesLeft,
            boolean required,
            @Nullable ExceptionView exception) {
        static FactorView of(SecondFactor.State state) {
            return new FactorView(
                    state.enrolled(),
                    state.app(),
                    state.since(),
                    state.passkeys().stream()
                            .map(PasskeyController.PasskeyView::of)
                            .toList(),
                    state.passkeysPossible(),
                    state.recoveryCodesLeft(),
                    state.required(),
                    state.exempt() == null
                            ? null
                            : new ExceptionView(
                                    state.exempt().reason(), state.exempt().since()));
        }
    }

    /**
     * @param emailLocked whether it is not the owner who changes the address
     * @param emailWaiting a new one whose link was not opened yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountView(
            Named user,
            Named domain,
            @Nullable String email,
            boolean emailLocked,
            @Nullable String emailWaiting,
            @Nullable Instant passwordSetAt,
            @Nullable Instant passwordExpiresAt,
            FactorView secondFactor) {}

    /** What an authenticator app needs: shown once. The picture is SVG of the URI. */
    @Shape(name = "Seed")
    record SeedView(String secret, String uri, String picture) {
        @Override
        public String toString() {
            return "seed";
        }
    }

    @Shape(name = "RecoveryCodes")
    record CodesView(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "recovery codes";
        }
    }

    record PasswordSent(PasswordChange password) {}

    /** @param fresh the one that is to be */
    record PasswordChange(String present, String fresh) {}

    record FirstCode(Code proof) {}

    record Code(String code) {}

    record Removed(boolean enrolled) {}

    /** One's own account. */
    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    AccountView show(Caller caller) {
        Account account = accounts.show(caller, caller.user());
        AddressChanges.State address = addresses.state(caller);
        return new AccountView(
                new Named(account.id(), account.name()),
                new Named(account.domainId(), account.domainName()),
                account.email(),
                address.locked(),
                address.email(),
                passwords.setAt(caller).orElse(null),
                account.passwordExpiresAt(),
                FactorView.of(factor.state(caller)));
    }

    /** Changes one's own password. All sessions end, this one as well. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Caller caller, @Shape(PasswordSent.class) @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "password").only(PasswordChange.class);
        String fresh = PasswordRule.read(wanted, "fresh");
        if (fresh == null) {
            throw Refusal.invalid("The field \"password.fresh\" is missing.");
        }
        passwords.changeOwn(caller, wanted.text("present", ProofBody.LONGEST_SECRET), fresh);
    }

    /** One's own second factor. */
    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/second-factor")
    FactorView state(Caller caller) {
        return FactorView.of(factor.state(caller));
    }

    /** Begins: a seed to scan. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/second-factor")
    SeedView begin(Caller caller, @Shape(ProofBody.Proved.class) @RequestBody JsonNode body) {
        SecondFactor.Begun begun = factor.begin(caller, ProofBody.read(body));
        String uri = uri(begun);
        return new SeedView(begun.seed(), uri, QrCode.svg(uri));
    }

    /** Takes it into use with the first code. */
    @Allow(Allow.ANY_TOKEN)
    @PutMapping("/second-factor")
    CodesView confirm(Caller caller, @Shape(FirstCode.class) @RequestBody JsonNode body) {
        Body proof = Body.under(body, "proof").only(Code.class);
        return new CodesView(factor.confirm(caller, proof.text("code", ProofBody.LONGEST_CODE)));
    }

    /** Makes new recovery codes. The former are void. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/second-factor/recovery-codes")
    CodesView renewCodes(Caller caller, @Shape(ProofBody.Proved.class) @RequestBody JsonNode body) {
        return new CodesView(factor.renewCodes(caller, ProofBody.read(body)));
    }

    /** Turns the codes of the authenticator app off. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping("/second-factor/removal")
    Removed remove(Caller caller, @Shape(ProofBody.Proved.class) @RequestBody JsonNode body) {
        factor.remove(caller, ProofBody.read(body));
        return new Removed(false);
    }

    /** As authenticator apps read it (the Key URI format that Google Authenticator made usual). */
    private String uri(SecondFactor.Begun begun) {
        String account = begun.account().name() + "@" + begun.account().domainName();
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + begun.seed() + "&issuer="
                + encoded(issuer) + "&algorithm=SHA1&digits=" + Totp.DIGITS + "&period=" + Totp.STEP_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
