package dev.unkai.identity.account;

import dev.unkai.base.Refusal;
import dev.unkai.identity.api.Flag;
import dev.unkai.identity.api.NameFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What a list of accounts may be narrowed by; null: not narrowed.
 *
 * @param ends when their passwords end; who has one without an end is in none of these lists
 * @param providerId the identity provider that says who they are
 * @param protocolId the protocol by which it says so; there is {@value #PROTOCOL} only
 * @param subject by what name that provider knows them
 */
public record UserFilter(
        @Nullable String domainId,
        NameFilter name,
        @Nullable Boolean enabled,
        List<End> ends,
        @Nullable String providerId,
        @Nullable String protocolId,
        @Nullable String subject) {
    /** OpenID Connect, by the name that the reference's documents give it. */
    public static final String PROTOCOL = "openid";

    /** A range has two. */
    private static final int ENDS = 4;

    /** A time that passwords end before, at or after, as {@code lt:2030-01-31T12:00:00Z} says it. */
    public record End(Comparison comparison, Instant time) {
        static End parse(String text) {
            int colon = text.indexOf(':');
            // A time has its first colon later.
            boolean compared = colon == 2 || colon == 3;
            return new End(
                    compared ? Comparison.parse(text.substring(0, colon)) : Comparison.EQ,
                    time(compared ? text.substring(colon + 1) : text));
        }

        private static Instant time(String text) {
            try {
                return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw Refusal.invalid(
                        "Invalid timestamp in \"password_expires_at\": write it as lt:2030-01-31T12:00:00Z.");
            }
        }
    }

    /** How a time is compared, by the names of the API. */
    public enum Comparison {
        LT("<"),
        LTE("<="),
        EQ("="),
        NEQ("<>"),
        GTE(">="),
        GT(">");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        static Comparison parse(String text) {
            for (Comparison one : values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return one;
                }
            }
            throw Refusal.invalid("\"password_expires_at\" is compared by lt, lte, eq, neq, gte or gt.");
        }
    }

    public UserFilter {
        ends = List.copyOf(ends);
    }

    public static UserFilter of(HttpServletRequest request) {
        String[] asked = request.getParameterValues("password_expires_at");
        List<End> ends = new ArrayList<>();
        if (asked != null) {
            if (asked.length > ENDS) {
                throw Refusal.invalid("\"password_expires_at\" may stand " + ENDS + " times.");
            }
            for (String one : asked) {
                ends.add(End.parse(one));
            }
        }
        return new UserFilter(
                request.getParameter("domain_id"),
                NameFilter.of(request),
                Flag.of("enabled", request.getParameter("enabled")),
                ends,
                request.getParameter("idp_id"),
                request.getParameter("protocol_id"),
                request.getParameter("unique_id"));
    }

    UserFilter in(@Nullable String domain) {
        return new UserFilter(domain, name, enabled, ends, providerId, protocolId, subject);
    }

    /** The condition on {@code account a}; give its parameters with {@link #on}. */
    String sql() {
        StringBuilder sql = new StringBuilder(NameFilter.sql("a.name")).append("""
                 and (cast(:domain as text) is null or a.domain_id = :domain)
                 and (cast(:enabled as boolean) is null or a.enabled = :enabled)
                """);
        for (int number = 0; number < ends.size(); number++) {
            sql.append(" and a.password_expires_at ")
                    .append(ends.get(number).comparison().sql)
                    .append(" :end")
                    .append(number);
        }
        if (asksFederation()) {
            sql.append("""
                     and exists (select 1 from federated_account f
                                   left join identity_provider i on i.domain_id = f.domain_id and i.issuer = f.issuer
                                  where f.account_id = a.id
                                    and (cast(:provider as text) is null or i.id = :provider)
                                    and (cast(:protocol as text) is null or :protocol = 'openid')
                                    and (cast(:subject as text) is null or f.subject = :subject))
                    """);
        }
        return sql.toString();
    }

    StatementSpec on(StatementSpec statement) {
        StatementSpec narrowed = name.on(statement).param("domain", domainId).param("enabled", enabled);
        for (int number = 0; number < ends.size(); number++) {
            narrowed = narrowed.param(
                    "end" + number, Timestamp.from(ends.get(number).time()));
        }
        return asksFederation()
                ? narrowed.param("provider", providerId)
                        .param("protocol", protocolId)
                        .param("subject", subject)
                : narrowed;
    }

    private boolean asksFederation() {
        return providerId != null || protocolId != null || subject != null;
    }
}
