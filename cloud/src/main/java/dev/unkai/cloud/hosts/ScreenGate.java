package dev.unkai.cloud.hosts;

import dev.unkai.wire.token.TokenClaims;

/** Whether somebody may look at the screens of a project's guests at this moment, beyond what his token says. Another module's to say; asked again while he looks. */
public interface ScreenGate {
    /** @param bearer of the token that the screen was asked for with */
    boolean permits(TokenClaims bearer, String project);
}
