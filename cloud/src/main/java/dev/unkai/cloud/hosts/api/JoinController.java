package dev.unkai.cloud.hosts.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.hosts.join.Enrolment;
import dev.unkai.cloud.hosts.join.JoinTokens;
import dev.unkai.web.Peer;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a machine becomes a host: an operator's token, the authority that it trusts by fingerprint, its enrolment. */
@RestController
@ServiceApi
@RequestMapping("/service/v1")
class JoinController {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:-]{2,253}");
    private static final int LONGEST_REQUEST = 4096;

    private final JoinTokens tokens;
    private final Enrolment enrolment;

    JoinController(JoinTokens tokens, Enrolment enrolment) {
        this.tokens = tokens;
        this.enrolment = enrolment;
    }

    /** {@code authority} is {@code sha256:HEX} of what {@code GET /service/v1/authority} answers; shown this once. */
    @Shape(status = 201)
    @PostMapping("/host-tokens")
    @Allow("hosts:token:create")
    ResponseEntity<JoinTokens.Issued> token(Caller caller) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(tokens.issue(caller));
    }

    /** The authority's certificate in PEM; public, and worth something only to those who know its fingerprint. */
    @GetMapping(path = "/authority", produces = "application/x-pem-file")
    @Allow(Allow.PUBLIC)
    ResponseEntity<String> authority() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/x-pem-file"))
                .body(enrolment.authorityPem());
    }

    /** The body of an enrolment; see {@link Enrolment.Wish}. */
    record Body(
            @Needed @Nullable String token,
            @Needed @Nullable String request,
            @Needed @Nullable String name,
            @Nullable String zone,
            @Needed @Nullable String address) {}

    /** The token is the permission. */
    @Shape(status = 201)
    @PostMapping("/host-enrolments")
    @Allow(Allow.PUBLIC)
    ResponseEntity<Enrolment.Enrolled> enrol(@RequestBody Body body, HttpServletRequest http) {
        String request = body.request();
        if (request == null || request.length() > LONGEST_REQUEST) {
            throw Refusal.invalid("\"request\" has to be a certificate request (PKCS #10, PEM).");
        }
        Enrolment.Wish wish = new Enrolment.Wish(
                matching(body.token(), Pattern.compile("[A-Za-z0-9_-]{10,100}"), "token", "a token"),
                request,
                matching(body.name(), NAME, "name", "a host name of letters, digits, dots and hyphens"),
                matching(
                        body.zone() == null ? "nova" : body.zone(),
                        ZONE,
                        "zone",
                        "an availability zone of letters, digits, dots, hyphens and underscores"),
                matching(body.address(), ADDRESS, "address", "an IP address"));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(enrolment.enrol(
                        wish, new Enrolment.Asker(Peer.address(http), Peer.agent(http), Peer.requestId(http))));
    }

    private static String matching(@Nullable String value, Pattern form, String field, String what) {
        if (value == null || !form.matcher(value).matches()) {
            throw Refusal.invalid("\"" + field + "\" has to be " + what + ".");
        }
        return value;
    }
}
