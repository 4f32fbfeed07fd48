package dev.unkai.base.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the action of a request handler; the policy says which role may do it. A handler without it stops the start. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allow {
    /** For handlers that need no token: version documents, log-in, health. */
    String PUBLIC = "public";

    /** For handlers that need a good token, even one without a role, and look themselves at whose things it asks for. */
    String ANY_TOKEN = "any-token";

    /** For handlers that only other processes may call, known by their certificates. */
    String PEERS = "peers";

    /** {@code service:resource:verb} as in policy.conf, {@link #PUBLIC}, {@link #ANY_TOKEN} or {@link #PEERS}. */
    String value();

    /** With {@link #PEERS}: the process names (certificate CN) that may call. */
    String[] peers() default {};
}
