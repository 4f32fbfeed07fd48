package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Classes of logs as the ledger keeps them, and those that are kept here. */
public enum LogClass {
    ALL,
    ACCESS,
    SECURITY,
    PLATFORM,
    OPERATION,
    /** What security groups let through and dropped; kept in this process's own database. */
    FIREWALL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean inLedger() {
        return this != FIREWALL;
    }

    public static LogClass of(String wireName) {
        return Arrays.stream(values())
                .filter(one -> one.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("A class of logs is one of: "
                        + Arrays.stream(values()).map(LogClass::wireName).collect(Collectors.joining(", ")) + "."));
    }
}
