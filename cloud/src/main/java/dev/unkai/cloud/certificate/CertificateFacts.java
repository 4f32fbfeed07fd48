package dev.unkai.cloud.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What people want to know of a certificate.
 *
 * @param subject and issuer as RFC 2253 writes them
 * @param names its subject alternative names, such as {@code DNS:cloud.example.jp}, {@code IP:203.0.113.5}, {@code URI:unkai:host:…}
 * @param fingerprint {@code sha256:} and the SHA-256 of the DER form in hexadecimal, as openssl shows it
 */
public record CertificateFacts(
        String subject, String issuer, List<String> names, String fingerprint, Instant from, Instant until) {
    /** The thresholds of alarms, and shares of a life for certificates that are short-lived by plan (hosts': a day). */
    private static final Duration EXPIRING = Duration.ofDays(30);

    private static final int EXPIRING_SHARE = 4;
    private static final Duration URGENT = Duration.ofDays(7);
    private static final int URGENT_SHARE = 10;

    /** How near the end is; in the order of urgency. */
    public enum Nearness {
        GOOD,
        EXPIRING,
        URGENT,
        ENDED
    }

    static CertificateFacts of(X509Certificate certificate) {
        try {
            return new CertificateFacts(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    names(certificate),
                    "sha256:"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .map(name -> kind((Integer) name.get(0)) + ":" + name.get(1))
                        .toList();
    }

    /** Of GeneralName, RFC 5280 section 4.2.1.6. */
    private static String kind(int tag) {
        return switch (tag) {
            case 1 -> "email";
            case 2 -> "DNS";
            case 6 -> "URI";
            case 7 -> "IP";
            default -> "name" + tag;
        };
    }

    public Duration life() {
        return Duration.between(from, until);
    }

    /** When a third of its life is left: everything that renews by itself does it then. */
    public Instant thirdLeft() {
        return until.minus(life().dividedBy(3));
    }

    /**
     * 30 and 7 days before the end, or a quarter and a tenth of the life where that is later: what is renewed by itself is renewed before, so
     * that an alarm always means that something went wrong.
     */
    public Nearness nearness(Instant now) {
        Duration left = Duration.between(now, until);
        if (left.isNegative() || left.isZero()) {
            return Nearness.ENDED;
        }
        if (left.compareTo(least(URGENT, life().dividedBy(URGENT_SHARE))) <= 0) {
            return Nearness.URGENT;
        }
        return left.compareTo(least(EXPIRING, life().dividedBy(EXPIRING_SHARE))) <= 0
                ? Nearness.EXPIRING
                : Nearness.GOOD;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
