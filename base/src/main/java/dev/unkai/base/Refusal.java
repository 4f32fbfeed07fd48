package dev.unkai.base;

import static java.util.Objects.requireNonNull;

/**
 * A request that is not carried out, with a sentence for the person who made it. Nothing has changed when it is thrown
 * out of a transaction. Each API renders it in its own shape.
 */
public final class Refusal extends RuntimeException {
    /** Why, with the HTTP status that all our APIs answer for it (RFC 9110 section 15). */
    public enum Kind {
        INVALID(400),
        UNAUTHORIZED(401),
        FORBIDDEN(403),
        OVER_QUOTA(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        NOT_ACCEPTABLE(406),
        CONFLICT(409),
        GONE(410),
        TOO_LARGE(413),
        UNSUPPORTED_TYPE(415),
        TOO_MANY(429),
        NOT_SUPPORTED(501),
        UNAVAILABLE(503),
        NO_SPACE(507);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String code;

    /**
     * @param code a stable name for programs, for example {@code NetworkInUse}; APIs without such names ignore it
     * @param sentence what is wrong and what to do next; never a secret
     */
    public Refusal(Kind kind, String code, String sentence) {
        super(requireNonNull(sentence), null, false, false);
        this.kind = requireNonNull(kind);
        this.code = requireNonNull(code);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return requireNonNull(getMessage());
    }

    public static Refusal invalid(String sentence) {
        return new Refusal(Kind.INVALID, "BadRequest", sentence);
    }

    public static Refusal unauthorized(String sentence) {
        return new Refusal(Kind.UNAUTHORIZED, "Unauthorized", sentence);
    }

    public static Refusal forbidden(String sentence) {
        return new Refusal(Kind.FORBIDDEN, "Forbidden", sentence);
    }

    public static Refusal notFound(String sentence) {
        return new Refusal(Kind.NOT_FOUND, "NotFound", sentence);
    }

    public static Refusal conflict(String sentence) {
        return new Refusal(Kind.CONFLICT, "Conflict", sentence);
    }

    public static Refusal overQuota(String sentence) {
        return new Refusal(Kind.OVER_QUOTA, "OverQuota", sentence);
    }

    public static Refusal tooLarge(String sentence) {
        return new Refusal(Kind.TOO_LARGE, "TooLarge", sentence);
    }

    public static Refusal unavailable(String sentence) {
        return new Refusal(Kind.UNAVAILABLE, "Unavailable", sentence);
    }
}
