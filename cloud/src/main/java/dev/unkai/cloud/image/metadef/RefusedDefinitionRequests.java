package dev.unkai.cloud.image.metadef;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role.Side;
import dev.unkai.web.Access;
import dev.unkai.web.RefusalShape;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Only operators change definitions. As in the reference, a customer who tries it in a namespace that he does not see is told that there is none, and only of one
 * that he sees that he may not.
 */
@Component
final class RefusedDefinitionRequests implements RefusalShape {
    private static final Pattern ADDRESS = Pattern.compile("/image/v2/metadefs/namespaces/(?<namespace>[^/]+)(?:/.*)?");

    private final Access access;
    private final Metadefs metadefs;

    RefusedDefinitionRequests(Access access, Metadefs metadefs) {
        this.access = access;
        this.metadefs = metadefs;
    }

    @Override
    public Optional<Refusal> instead(Caller caller, HttpServletRequest request) {
        Matcher address = ADDRESS.matcher(request.getServletPath());
        Optional<Side> sees =
                access.policy().side("image:metadef:show", caller.token().roles());
        // From an auditor nothing is hidden.
        if (!sees.equals(Optional.of(Side.CUSTOMER)) || !address.matches()) {
            return Optional.empty();
        }
        try {
            metadefs.show(caller, Definition.storable(address.group("namespace")));
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }
}
