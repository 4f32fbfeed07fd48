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

    /** {@code service:resource:verb} as in policy.conf, or {@link #PUBLIC}. */
    String value();
}
