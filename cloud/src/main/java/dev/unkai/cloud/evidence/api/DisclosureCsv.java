package dev.unkai.cloud.evidence.api;

import dev.unkai.cloud.evidence.Disclosure;
import dev.unkai.cloud.evidence.Disclosure.Answer;
import dev.unkai.cloud.evidence.Hold.Person;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The register for spreadsheets: RFC 4180, UTF-8 with a byte order mark, and no value that would be a formula. */
final class DisclosureCsv {
    private static final String HEAD =
            "reference,received,requester,their_number,channel,legal_basis,project,scope,from,to,state,answer,reason,proposed_by,decided_by,decided_at,package,handed_to,handed_at,may_tell,told_at,recorded_by";

    private DisclosureCsv() {}

    static String of(List<Disclosure> register) {
        return "\uFEFF" + HEAD + "\r\n"
                + register.stream().map(one -> line(one) + "\r\n").collect(Collectors.joining());
    }

    private static String line(Disclosure one) {
        Answer answer = one.proposal();
        return Stream.of(
                        one.reference(),
                        one.request().receivedAt(),
                        one.request().requester(),
                        one.request().theirNumber(),
                        one.request().channel().wireName(),
                        one.request().legalBasis(),
                        one.request().project(),
                        one.request().scope(),
                        text(one.request().from()),
                        text(one.request().to()),
                        one.state().wireName(),
                        answer == null ? "" : answer.wireName(),
                        text(one.reason()),
                        name(one.proposed()),
                        name(one.decided()),
                        text(one.decidedAt()),
                        text(one.packageId()),
                        text(one.handedTo()),
                        text(one.handedAt()),
                        one.mayTell(),
                        text(one.toldAt()),
                        one.recorded().name())
                .map(value -> quoted(value.toString()))
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    private static String name(@Nullable Person person) {
        return person == null ? "" : person.name();
    }

    private static String quoted(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
