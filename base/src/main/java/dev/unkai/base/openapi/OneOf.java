package dev.unkai.base.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The words that a text is one of; of a list of texts, each. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {
    String[] value() default {};

    /** In place of words: those of its constants, as their {@code wireName()} or {@code word()} says them, or else their names in small letters. */
    Class<? extends Enum<?>> of() default None.class;

    /** No words. */
    enum None {}
}
