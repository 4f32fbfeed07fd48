package dev.unkai.cloud.contract.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.contract.Application.Access;
import dev.unkai.cloud.contract.Application.Form;
import dev.unkai.cloud.contract.Application.VpnUser;
import dev.unkai.cloud.contract.Applications;
import dev.unkai.cloud.contract.Asker;
import dev.unkai.web.Peer;
import dev.unkai.web.ServiceApi;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What applicants do, who have no account: the secret in the link, sent as a header, is the permission. */
@RestController
@ServiceApi
@RequestMapping("/service/v1")
final class ApplyController {
    private static final String TOKEN = "X-Unkai-Application";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{20,100}");

    /** What may stand in the name of a domain that is typed at each log-in. */
    private static final Pattern CONTRACT = Pattern.compile("[a-z][a-z0-9-]{1,30}[a-z0-9]");

    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9.-]{0,30}[a-z0-9]");

    /** Every contract has a user of this name. */
    private static final String MASTER = "master";

    private static final int MOST_USERS = 20;
    private static final int LONGEST = 100;
    private static final int LONGEST_PURPOSE = 2_000;

    private final Applications applications;

    ApplyController(Applications applications) {
        this.applications = applications;
    }

    /**
     * The form; {@code website} is a field that people do not see, so that who fills it in is a program.
     *
     * @param language {@code ja} or {@code en}
     */
    record Body(
            @Needed @Nullable String company,
            @Needed @Nullable String person,
            @Needed @Nullable String email,
            @Nullable String telephone,
            @Needed @Nullable String contractName,
            @Needed @Nullable String plan,
            @Nullable String purpose,
            @Needed @OneOf({"ja", "en"}) @Nullable String language,
            @Nullable List<@Nullable String> addresses,
            @Nullable List<@Nullable VpnUserBody> vpnUsers,
            @Nullable String website) {}

    /** Who gets an account for the SSL-VPN beside the master user. */
    record VpnUserBody(
            @Needed @Nullable String name, @Needed @Nullable String email) {}

    record Verification(@Needed @Nullable String token) {}

    /** By which the application is followed. */
    record Link(String token) {}

    /** 202 whatever becomes of it; a mail goes to the address. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/applications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void apply(@RequestBody Body body, HttpServletRequest request) {
        Form form = new Form(
                Bodies.line(body.company(), "company", LONGEST),
                Bodies.line(body.person(), "person", LONGEST),
                MailAddress.parse(body.email() == null ? "" : body.email())
                        .orElseThrow(() ->
                                Refusal.invalid("\"email\" has to be a mail address such as yuki@customer.example.")),
                Bodies.lineOrEmpty(body.telephone(), "telephone", 40),
                contract(body.contractName()),
                Bodies.line(body.plan(), "plan", LONGEST),
                Bodies.lines(body.purpose(), "purpose", LONGEST_PURPOSE),
                language(body.language()),
                new Access(Bodies.prefixes(body.addresses()), vpnUsers(body.vpnUsers())));
        if (body.website() != null && !body.website().isEmpty()) {
            return; // A program is told what a person is told.
        }
        applications.apply(asker(request), form);
    }

    /** The link of the mail was followed and its button pressed: reading it alone, as scanners of mail do, changes nothing. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/application-verifications")
    ResponseEntity<Link> verify(@RequestBody Verification body, HttpServletRequest request) {
        return fresh(new Link(applications.verify(asker(request), secret(body.token()))));
    }

    /** The application that the secret is for. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/application")
    ResponseEntity<ApplicationView> follow(@RequestHeader(name = TOKEN, required = false) @Nullable String token) {
        return fresh(ApplicationView.forApplicants(applications.follow(secret(token))));
    }

    /** Takes the application back. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/application/withdrawal")
    ResponseEntity<ApplicationView> withdraw(
            @RequestHeader(name = TOKEN, required = false) @Nullable String token, HttpServletRequest request) {
        return fresh(ApplicationView.forApplicants(applications.withdraw(asker(request), secret(token))));
    }

    /** Agrees to the texts of the plan. The contract is made after that. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/application/consent")
    ResponseEntity<ApplicationView> agree(
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @RequestBody ConsentBody body,
            HttpServletRequest request) {
        return fresh(
                ApplicationView.forApplicants(applications.agree(asker(request), secret(token), body.agreement())));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
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

    private static String secret(@Nullable String token) {
        if (token == null || !SECRET.matcher(token).matches()) {
            throw Refusal.notFound("There is no such application. Open the link in the mail as it is.");
        }
        return token;
    }

    private static String contract(@Nullable String name) {
        if (name == null || !CONTRACT.matcher(name).matches()) {
            throw Refusal.invalid(
                    "\"contractName\" has to be 3 to 32 small letters, digits and hyphens, beginning with a"
                            + " letter, such as kumo-trading.");
        }
        return name;
    }

    private static List<VpnUser> vpnUsers(@Nullable List<@Nullable VpnUserBody> given) {
        List<VpnUser> users = new ArrayList<>();
        for (VpnUserBody user : given == null ? List.<@Nullable VpnUserBody>of() : given) {
            String name = user == null || user.name() == null ? "" : user.name().strip();
            String email = user == null || user.email() == null ? "" : user.email();
            if (!USER.matcher(name).matches()
                    || name.equals(MASTER)
                    || users.stream().anyMatch(other -> other.name().equals(name))) {
                throw Refusal.invalid(
                        "\"vpnUsers\" have names of their own, of 2 to 32 small letters, digits, dots and hyphens, other than "
                                + MASTER + ", such as hana.ito.");
            }
            users.add(new VpnUser(
                    name,
                    MailAddress.parse(email)
                            .orElseThrow(() -> Refusal.invalid(
                                    "Each of \"vpnUsers\" needs a mail address: the first password goes there."))
                            .value()));
        }
        if (users.size() > MOST_USERS) {
            throw Refusal.invalid(
                    "\"vpnUsers\" are " + MOST_USERS + " at most. Others can be added when the contract is there.");
        }
        return users;
    }

    private static Language language(@Nullable String tag) {
        return Language.of(tag).orElseThrow(() -> Refusal.invalid("\"language\" has to be \"ja\" or \"en\"."));
    }
}
