package dev.unkai.cloud.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish for a contract.
 *
 * @param number what people call it by
 * @param planVersion the version that was approved; null before
 * @param stateAt since when it is in its state
 * @param quota limits other than the service's own, by resource; empty: none
 * @param reason why it was refused, or null
 * @param decidedBy the operator's name, or null
 */
public record Application(
        UUID id,
        long number,
        State state,
        Form form,
        @Nullable Integer planVersion,
        Instant createdAt,
        Instant stateAt,
        Map<String, Integer> quota,
        @Nullable String reason,
        @Nullable String decidedBy) {
    public Application {
        quota = Map.copyOf(quota);
    }

    /**
     * What the applicant said.
     *
     * @param wish the contract's name at the log-in
     * @param purpose what the service is to be used for; may be empty, as the telephone number
     */
    public record Form(
            String company,
            String person,
            MailAddress email,
            String telephone,
            String wish,
            String plan,
            String purpose,
            Language language,
            Access access) {}

    /**
     * By which ways the contract's people will come, as far as its plan asks.
     *
     * @param addresses prefixes in CIDR notation; may be empty until the approval
     * @param vpnUsers who gets an account for the SSL-VPN beside the master user
     */
    public record Access(List<String> addresses, List<VpnUser> vpnUsers) {
        public Access {
            addresses = List.copyOf(addresses);
            vpnUsers = List.copyOf(vpnUsers);
        }
    }

    /** @param name at the log-in; @param email where the sealed link to the first password goes */
    public record VpnUser(String name, String email) {}

    /** How far it has come. */
    public enum State {
        /** The link in the mail was not used yet. */
        UNVERIFIED,
        /** An operator is to look at it. */
        SUBMITTED,
        /** The applicant is to agree to the texts. */
        APPROVED,
        /** There is a contract. */
        ACCEPTED,
        REFUSED,
        WITHDRAWN,
        /** Approved, but nobody agreed in time. */
        LAPSED;

        /** As in the API and in the table. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }

        /** Whether the applicant may still take it back. */
        public boolean isOpen() {
            return this == UNVERIFIED || this == SUBMITTED || this == APPROVED;
        }
    }
}
