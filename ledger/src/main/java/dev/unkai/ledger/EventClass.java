package dev.unkai.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an event is kept as: each class has its own time of keeping. Which class an event has follows from its text and never changes: the auditor computes it
 * again from events that are years old.
 */
enum EventClass {
    /** Log-ins and log-outs, tunnels, console sessions. */
    ACCESS,
    /** Accounts, roles, keys, refusals, looks at histories, break-glass, the ledger's own acts and alarms. */
    SECURITY,
    /** What concerns no customer: hosts, plans, certificates, the system's acts. */
    PLATFORM,
    /** What was done to a customer's things. */
    OPERATION;

    static EventClass of(String log, String action, String targetType) {
        if (action.equals("log-in")
                || action.contains("/console")
                || targetType.startsWith("compute/server/console")
                || targetType.equals("service/security/account/user")
                        && (action.equals("authenticate")
                                || action.startsWith("authenticate/")
                                || action.equals("revoke"))) {
            return ACCESS;
        }
        if (action.equals("alarm")
                || action.equals("log-in/without-access")
                || Stream.of(
                                "service/security/",
                                "identity/",
                                "ledger/",
                                "service/request",
                                "service/history",
                                "operation/break-glass")
                        .anyMatch(targetType::startsWith)) {
            return SECURITY;
        }
        return log.equals(Facts.PROVIDER) ? PLATFORM : OPERATION;
    }

    /** As it stands in the database and in the API. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EventClass> named(String text) {
        return Stream.of(values()).filter(known -> known.text().equals(text)).findFirst();
    }
}
