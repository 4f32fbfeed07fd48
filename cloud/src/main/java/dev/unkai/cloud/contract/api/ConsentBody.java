package dev.unkai.cloud.contract.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.contract.Applications.Agreement;
import dev.unkai.web.mail.Mail.Language;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was shown and agreed to.
 *
 * @param hash of the plan's version, as it was shown
 * @param texts the ids of all texts that were shown
 * @param person who agrees
 * @param language {@code ja} or {@code en}: in which they were read
 */
record ConsentBody(
        @Needed @Nullable String hash,
        @Needed @Nullable List<@Nullable String> texts,
        @Needed @Nullable String person,
        @Needed @OneOf({"ja", "en"}) @Nullable String language) {
    private static final int LONGEST = 100;

    Agreement agreement() {
        Set<String> agreed = texts == null
                ? Set.of()
                : texts.stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        return new Agreement(
                Bodies.line(hash, "hash", LONGEST),
                agreed,
                Bodies.line(person, "person", LONGEST),
                Language.of(language).orElseThrow(() -> Refusal.invalid("\"language\" has to be \"ja\" or \"en\".")));
    }
}
