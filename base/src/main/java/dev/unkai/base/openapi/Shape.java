package dev.unkai.base.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is sent or answered where the type does not say it: on a handler its answer, on a parameter the body, on a component that part. On a record, its name in the
 * description.
 */
@Documented
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Shape {
    /** A record in place of the declared type. */
    Class<?> value() default AsDeclared.class;

    /** The name of a record: its own, or that of one in the process behind this one. */
    String name() default "";

    /** Whether it is a list of those. */
    boolean list() default false;

    /** Media types, where it is not JSON. */
    String[] type() default {};

    /** Of an answer; none: as the handler is annotated. */
    int[] status() default {};

    /** As the declared type says. */
    final class AsDeclared {
        private AsDeclared() {}
    }
}
