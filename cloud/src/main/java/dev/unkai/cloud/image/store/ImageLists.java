package dev.unkai.cloud.image.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.image.store.ImageQuery.Condition;
import dev.unkai.cloud.image.store.ImageQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Turns an {@link ImageQuery} into one statement. Only columns and operators of the enumeration reach its text. */
@Component
public final class ImageLists {
    private static final java.util.Set<String> OPERATORS = java.util.Set.of("=", "<>", "<", "<=", ">", ">=");

    /** The page; empty when the marker is no image that the caller sees. */
    public Optional<List<Image>> list(Db db, ImageQuery query) {
        Statement statement = new Statement();
        scope(query, statement);
        for (Condition condition : query.conditions()) {
            condition(condition, statement);
        }
        List<Order> order = query.order();
        if (query.marker() != null) {
            boolean known = db.sql("select count(*) from image where id = ?")
                            .param(query.marker())
                            .query(Integer.class)
                            .single()
                    > 0;
            if (!known) {
                return Optional.empty();
            }
            after(query.marker(), order, statement);
        }
        statement.text.append(" order by ");
        for (int n = 0; n < order.size(); n++) {
            statement
                    .text
                    .append(n == 0 ? "" : ", ")
                    .append(order.get(n).column().expression());
            statement.text.append(order.get(n).descending() ? " desc" : " asc");
        }
        statement.text.append(" limit ?");
        statement.values.add(query.limit());
        return Optional.of(db.sql(statement.text.toString())
                .params(statement.values)
                .query(ImageRecords::image)
                .list());
    }

    private static void scope(ImageQuery query, Statement statement) {
        statement.text.append("select * from image where ");
        String offered = "(visibility = 'shared' and exists (select from image_member m where m.image_id = image.id"
                + " and m.member_id = ?" + (query.memberStatus().equals("all") ? "" : " and m.status = ?") + "))";
        if (query.visibility() == null || query.visibility().equals("all")) {
            statement.text.append("(project_id = ? or visibility = 'public' or ");
            statement.values.add(query.project());
            statement.text.append(offered);
            memberValues(query, statement);
            statement.text.append(query.visibility() == null ? "" : " or visibility = 'community'");
            statement.text.append(query.everything() ? " or visibility <> 'community')" : ")");
            return;
        }
        statement.text.append("visibility = ?");
        statement.values.add(query.visibility());
        if (query.visibility().equals("shared") && !query.everything()) {
            statement.text.append(" and (project_id = ? or ").append(offered).append(')');
            statement.values.add(query.project());
            memberValues(query, statement);
        }
    }

    private static void memberValues(ImageQuery query, Statement statement) {
        statement.values.add(query.project());
        if (!query.memberStatus().equals("all")) {
            statement.values.add(query.memberStatus());
        }
    }

    private static void condition(Condition condition, Statement statement) {
        switch (condition) {
            case Condition.OneOf one -> {
                if (one.values().isEmpty()) {
                    statement.text.append(" and false");
                    return;
                }
                statement.text.append(" and ").append(one.column().expression()).append(" in (");
                for (int n = 0; n < one.values().size(); n++) {
                    statement
                            .text
                            .append(n == 0 ? "" : ", ")
                            .append("cast(? as ")
                            .append(one.column().type())
                            .append(')');
                    statement.values.add(one.values().get(n));
                }
                statement.text.append(')');
            }
            case Condition.Compare compare -> {
                if (!OPERATORS.contains(compare.operator())) {
                    throw new IllegalArgumentException(compare.operator());
                }
                statement.text.append(" and ").append(compare.column().expression());
                statement.text.append(' ').append(compare.operator());
                statement
                        .text
                        .append(" cast(? as ")
                        .append(compare.column().type())
                        .append(')');
                statement.values.add(compare.value());
            }
            case Condition.Tagged tagged -> {
                statement.text.append(" and ? = any (tags)");
                statement.values.add(tagged.tag());
            }
            case Condition.Property property -> {
                statement.text.append(" and properties ->> ? = ?");
                statement.values.add(property.name());
                statement.values.add(property.value());
            }
        }
    }

    /** Rows that come after the marker's row: the first key beyond, or equal and the next beyond, and so on. */
    private static void after(java.util.UUID marker, List<Order> order, Statement statement) {
        statement.text.append(" and (");
        for (int n = 0; n < order.size(); n++) {
            statement.text.append(n == 0 ? "(" : " or (");
            for (int before = 0; before < n; before++) {
                compareToMarker(order.get(before), "=", marker, statement);
                statement.text.append(" and ");
            }
            compareToMarker(order.get(n), order.get(n).descending() ? "<" : ">", marker, statement);
            statement.text.append(')');
        }
        statement.text.append(')');
    }

    private static void compareToMarker(Order order, String operator, java.util.UUID marker, Statement statement) {
        String expression = order.column().expression();
        statement.text.append(expression).append(' ').append(operator);
        statement.text.append(" (select ").append(expression).append(" from image where id = ?)");
        statement.values.add(marker);
    }

    private static final class Statement {
        private final StringBuilder text = new StringBuilder();
        private final List<Object> values = new ArrayList<>();
    }
}
