package dev.unkai.identity.api;

import dev.unkai.base.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Words that a customer sorts projects by, and the filters of lists by them (OpenStack API guideline "tags"). */
public final class Tags {
    private static final int MOST = 80;
    private static final int LONGEST = 255;

    private Tags() {}

    /** The texts of the body's field {@code tags}, each of which may be there once. */
    public static List<String> of(Body body) {
        return checked(body.texts("tags", MOST, LONGEST));
    }

    /** Throws a refusal for tags that the API does not take. */
    public static List<String> checked(List<String> tags) {
        if (tags.size() > MOST) {
            throw Refusal.invalid("A project may have " + MOST + " tags.");
        }
        for (String tag : tags) {
            if (tag.isEmpty() || tag.length() > LONGEST || tag.contains("/") || tag.contains(",")) {
                throw Refusal.invalid(
                        "A tag has 1 to " + LONGEST + " characters, without a slash and without a comma.");
            }
        }
        if (tags.stream().distinct().count() < tags.size()) {
            throw Refusal.invalid("The same tag is there twice. Name each once.");
        }
        return tags;
    }

    /** What a list is narrowed by; null: not narrowed. */
    public record Filter(
            String @Nullable [] all, String @Nullable [] any, String @Nullable [] notAll, String @Nullable [] notAny) {
        public static final Filter NONE = new Filter(null, null, null, null);

        public static Filter of(HttpServletRequest request) {
            return new Filter(
                    words(request, "tags"),
                    words(request, "tags-any"),
                    words(request, "not-tags"),
                    words(request, "not-tags-any"));
        }

        /** The condition on a column of type {@code text[]}, a fixed text of ours; give its parameters with {@link #on}. */
        public static String sql(String column) {
            return "(cast(:tags as text[]) is null or " + column + " @> cast(:tags as text[]))"
                    + " and (cast(:tags_any as text[]) is null or " + column + " && cast(:tags_any as text[]))"
                    + " and (cast(:not_tags as text[]) is null or not " + column + " @> cast(:not_tags as text[]))"
                    + " and (cast(:not_tags_any as text[]) is null or not " + column
                    + " && cast(:not_tags_any as text[]))";
        }

        public StatementSpec on(StatementSpec statement) {
            return statement
                    .param("tags", all)
                    .param("tags_any", any)
                    .param("not_tags", notAll)
                    .param("not_tags_any", notAny);
        }

        private static String @Nullable [] words(HttpServletRequest request, String name) {
            String value = request.getParameter(name);
            return value == null ? null : value.split(",", -1);
        }
    }
}
