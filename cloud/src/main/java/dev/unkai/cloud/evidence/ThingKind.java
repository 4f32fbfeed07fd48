package dev.unkai.cloud.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.unkai.base.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be held. The names are those that the triggers of {@code refuse_held} ask by. */
public enum ThingKind {
    /** With its disks, its ports and what runs on it. */
    SERVER("server"),
    IMAGE("image"),
    /** With its subnets and ports. */
    NETWORK("network"),
    SUBNET("subnet"),
    PORT("port"),
    ROUTER("router"),
    FLOATING_IP("floating_ip"),
    /** With its rules. */
    SECURITY_GROUP("security_group"),
    /** A class of the ledger's events, or {@code all} of them. */
    LOG(null),
    /** The backups of identity. */
    BACKUPS(null);

    private final @Nullable String table;

    ThingKind(@Nullable String table) {
        this.table = table;
    }

    /** Where its rows are; empty for what is no customer's thing. */
    public Optional<String> table() {
        return Optional.ofNullable(table);
    }

    /** As in the API and in the tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static ThingKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("\"kind\" is one of: "
                        + Arrays.stream(values()).map(ThingKind::wireName).collect(Collectors.joining(", ")) + "."));
    }
}
