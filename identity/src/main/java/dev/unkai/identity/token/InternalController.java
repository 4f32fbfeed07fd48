package dev.unkai.identity.token;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.Peer;
import dev.unkai.wire.token.Revocations.Revocation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the other processes need to check tokens alone; see dev.unkai.web.IdentityFeed. */
@RestController
@RequestMapping("/identity/internal/v1")
public final class InternalController {
    private static final Set<String> READERS = Set.of("cloud", "ledger", "gateway");

    private final SigningKeys keys;
    private final RevocationLog revocations;

    public InternalController(SigningKeys keys, RevocationLog revocations) {
        this.keys = keys;
        this.revocations = revocations;
    }

    /** Several revocations. */
    public record Fresh(List<Revocation> revocations) {}

    @Allow(Allow.PUBLIC)
    @GetMapping(value = "/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return keys.published();
    }

    /** Only for our own processes, shown by their certificates; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @GetMapping("/revocations")
    Fresh revocations(@RequestParam(defaultValue = "0") long since, HttpServletRequest request) {
        needProcess(request);
        return new Fresh(revocations.since(since));
    }

    /** Throws a refusal unless one of our own processes asks; to anybody else there is nothing here. */
    public static void needProcess(HttpServletRequest request) {
        String process = Peer.process(request);
        if (process == null || !READERS.contains(process)) {
            throw Refusal.notFound("There is nothing at this address.");
        }
    }
}
