package dev.unkai.identity.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What a list is narrowed by in its names: {@code name}, or one of the reference's inexact forms {@code name__contains},
 * {@code name__startswith}, {@code name__endswith} and the same with an i before, which means "whatever the case".
 *
 * @param exact the whole name, or null
 * @param like a pattern of SQL's {@code like}, or null
 * @param anyCase the same for {@code ilike}, or null
 */
public record NameFilter(
        @Nullable String exact,
        @Nullable String like,
        @Nullable String anyCase) {
    public static NameFilter of(HttpServletRequest request) {
        return new NameFilter(request.getParameter("name"), pattern(request, "name__"), pattern(request, "name__i"));
    }

    public static NameFilter none() {
        return new NameFilter(null, null, null);
    }

    private static @Nullable String pattern(HttpServletRequest request, String prefix) {
        String contains = escaped(request.getParameter(prefix + "contains"));
        String starts = escaped(request.getParameter(prefix + "startswith"));
        String ends = escaped(request.getParameter(prefix + "endswith"));
        if (contains != null) {
            return "%" + contains + "%";
        }
        if (starts != null) {
            return starts + "%";
        }
        return ends == null ? null : "%" + ends;
    }

    private static @Nullable String escaped(@Nullable String text) {
        return text == null ? null : text.replaceAll("([\\\\%_])", "\\\\$1");
    }

    /** The condition on the column, a fixed text of ours; give its parameters with {@link #on}. */
    public static String sql(String column) {
        return "(cast(:name as text) is null or " + column + " = :name)"
                + " and (cast(:name_like as text) is null or " + column + " like :name_like)"
                + " and (cast(:name_any_case as text) is null or " + column + " ilike :name_any_case)";
    }

    public StatementSpec on(StatementSpec statement) {
        return statement.param("name", exact).param("name_like", like).param("name_any_case", anyCase);
    }
}
