package dev.unkai.identity.federation;

/** How tokens name what somebody showed at another issuer. */
public final class Methods {
    /** As the reference's plug-in for OpenID Connect is called. */
    public static final String PROVIDER = "openid";

    /** The issuer has seen a second factor that counts here (RFC 8176 has the word). */
    public static final String PROVIDERS_SECOND = "mfa";

    private Methods() {}
}
