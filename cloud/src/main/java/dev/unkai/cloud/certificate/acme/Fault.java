package dev.unkai.cloud.certificate.acme;

import dev.unkai.cloud.certificate.RenewalAttempt.Failure;
import java.net.BindException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/**
 * Why there is no certificate, and when it is worth another try. Servers count refusals (a public one takes some five an hour for one name), so those wait
 * longer than a connection that failed.
 *
 * @param orderIsOver whether the server will not go on with the order
 * @param notBefore when the server asked to be tried again
 */
record Fault(
        Failure failure, Duration firstPause, Duration longestPause, boolean orderIsOver, Optional<Instant> notBefore) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The server will not give a certificate for this order; {@code why} in its words. */
    static Fault refused(String why) {
        return new Fault(
                new Failure("acme-refused", List.of(why), "The ACME server refused: " + why),
                MINUTE.multipliedBy(10),
                HOUR.multipliedBy(6),
                true,
                Optional.empty());
    }

    /** It has not said yes or no in the time that we wait at once. */
    static Fault undecided() {
        return passing("acme-undecided", List.of(), "The ACME server has not decided about the order yet.");
    }

    static Fault of(Exception e, AcmeSettings settings) {
        return switch (e) {
            case Refused refused -> refused(refused.getMessage());
            case Undecided undecided -> undecided();
            case AcmeRateLimitedException limited ->
                new Fault(
                        new Failure(
                                "acme-limited",
                                List.of(text(limited.getProblem())),
                                "The ACME server gives no more certificates for some time: "
                                        + text(limited.getProblem())),
                        HOUR,
                        HOUR.multipliedBy(6),
                        false,
                        limited.getRetryAfter());
            case AcmeUserActionRequiredException asked ->
                new Fault(
                        new Failure(
                                "acme-action",
                                List.of(asked.getInstance().toString()),
                                "The ACME server wants something to be done first, such as agreeing to new terms: see "
                                        + asked.getInstance()),
                        HOUR,
                        HOUR.multipliedBy(6),
                        false,
                        Optional.empty());
            case AcmeServerException said
            when !said.getType().toString().endsWith(":serverInternal") -> refused(text(said.getProblem()));
            case BindException taken ->
                passing(
                        "acme-port",
                        List.of(settings.address() + ":" + settings.port(), words(taken)),
                        "The ACME server's question cannot be answered at " + settings.address() + ":" + settings.port()
                                + ": " + words(taken));
            case AcmeNetworkException away -> unreachable(away, settings);
            default -> unreachable(e, settings);
        };
    }

    private static Fault unreachable(Exception e, AcmeSettings settings) {
        return passing(
                "acme-unreachable",
                List.of(settings.directory().toString(), words(e)),
                "The ACME server " + settings.directory() + " does not answer as it should: " + words(e));
    }

    /** What may be over soon; the order stays. */
    private static Fault passing(String reason, List<String> values, String detail) {
        return new Fault(new Failure(reason, values, detail), MINUTE, HOUR, false, Optional.empty());
    }

    static String text(Problem problem) {
        return problem.getDetail().orElse(problem.toString());
    }

    /** Of the innermost cause that has any: the outer ones say only that something failed. */
    private static String words(Exception e) {
        String words = e.getClass().getSimpleName();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return cause.getMessage() == null ? "no connection" : cause.getMessage();
            }
            words = cause.getMessage() == null ? words : cause.getMessage();
        }
        return words;
    }

    /** The server will not go on with this order: the next try needs a new one. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The server goes on with this order, but takes its time. */
    static final class Undecided extends Exception {
        private static final long serialVersionUID = 1;
    }
}
