package dev.unkai.identity.federation;

/** An issuer does not answer, or answers what must not be believed. The reason is for operators and the history. */
public final class IssuerTrouble extends Exception {
    /** What it was. */
    public enum Kind {
        /** No answer in time, or one that is no use: trying again later may help. */
        UNAVAILABLE,
        /** An answer that was checked and is not believed. */
        NOT_BELIEVED
    }

    private final Kind kind;
    private final String reason;

    IssuerTrouble(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
    }

    static IssuerTrouble unavailable(String reason) {
        return new IssuerTrouble(Kind.UNAVAILABLE, reason);
    }

    static IssuerTrouble notBelieved(String reason) {
        return new IssuerTrouble(Kind.NOT_BELIEVED, reason);
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return reason;
    }
}
