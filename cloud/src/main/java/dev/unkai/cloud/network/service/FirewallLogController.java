package dev.unkai.cloud.network.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.network.api.Paths;
import dev.unkai.cloud.network.store.FirewallEntry;
import dev.unkai.cloud.network.store.FirewallEntryStore;
import dev.unkai.cloud.network.store.FirewallEntryStore.Filter;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The packets that a project's firewall logs have noted, newest first, and the same as a file. */
@RestController
@ServiceApi
public final class FirewallLogController {
    private static final int MOST = 500;
    private static final int MOST_EXPORTED = 10_000;

    private final Transactions transactions;
    private final FirewallEntryStore store;

    public FirewallLogController(Transactions transactions, FirewallEntryStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** What to look for, as it stands in the address: ids, words, and instants of RFC 3339; nothing means anything. */
    public record Wanted(
            @Nullable String server,
            @Nullable String port,
            @OneOf({"ingress", "egress"}) @Nullable String direction,
            @OneOf({"ACCEPT", "DROP"}) @Nullable String verdict,
            @Nullable String from,
            @Nullable String to) {
        Filter filter() {
            return new Filter(
                    id("server", server),
                    id("port", port),
                    word("direction", direction, List.of("ingress", "egress")),
                    word("verdict", verdict, List.of("ACCEPT", "DROP")),
                    instant("from", from),
                    instant("to", to));
        }
    }

    /** A page; {@code next} is the {@code after} of the following one. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Page(List<Entry> entries, @Nullable String next) {}

    /** One noted packet. {@code direction} is seen from the guest; {@code serverId} is null where the port was no server's. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            String id,
            Instant time,
            @OneOf({"ingress", "egress"}) String direction,
            @OneOf({"ACCEPT", "DROP"}) String verdict,
            String protocol,
            String source,
            @Nullable Integer sourcePort,
            String destination,
            @Nullable Integer destinationPort,
            @Nullable Integer icmpType,
            @Nullable Integer icmpCode,
            UUID portId,
            @Nullable UUID serverId,
            UUID logId) {
        static Entry of(FirewallEntry entry) {
            return new Entry(
                    String.valueOf(entry.id()),
                    entry.time(),
                    entry.direction(),
                    entry.verdict(),
                    entry.protocol(),
                    entry.source(),
                    entry.sourcePort(),
                    entry.destination(),
                    entry.destinationPort(),
                    entry.icmpType(),
                    entry.icmpCode(),
                    entry.portId(),
                    entry.serverId(),
                    entry.logId());
        }

        /** As a line of RFC 4180; no value can hold a comma or a quote. */
        String csv() {
            return Stream.of(
                            time,
                            direction,
                            verdict,
                            protocol,
                            source,
                            sourcePort,
                            destination,
                            destinationPort,
                            icmpType,
                            icmpCode,
                            portId,
                            serverId,
                            logId)
                    .map(value -> Objects.toString(value, ""))
                    .collect(Collectors.joining(","));
        }
    }

    private static final String CSV_HEAD =
            "time,direction,verdict,protocol,source,source_port,destination,destination_port,"
                    + "icmp_type,icmp_code,port_id,server_id,log_id";

    /** Noted packets, newest first. */
    @Allow("network:firewall-log:list")
    @GetMapping("/service/v1/firewall-log")
    Page list(
            Caller caller,
            @ModelAttribute Wanted wanted,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("\"limit\" is a number from 1 to " + MOST + ".");
        }
        List<Entry> found = find(caller, wanted, after, limit + 1);
        boolean more = found.size() > limit;
        List<Entry> page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? page.getLast().id() : null);
    }

    /** The newest 10,000 of what is wanted as a file; {@code format} is {@code csv} or {@code json}. */
    @Shape(type = {"text/csv", "application/json"})
    @Allow("network:firewall-log:export")
    @GetMapping("/service/v1/firewall-log/export")
    ResponseEntity<?> export(
            Caller caller, @ModelAttribute Wanted wanted, @RequestParam(defaultValue = "csv") String format) {
        boolean csv = "csv".equals(word("format", format, List.of("csv", "json")));
        List<Entry> found = find(caller, wanted, null, MOST_EXPORTED);
        String lines = Stream.concat(Stream.of(CSV_HEAD), found.stream().map(Entry::csv))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"firewall-log." + (csv ? "csv" : "json") + "\"")
                .contentType(
                        csv
                                ? new MediaType("text", "csv", java.nio.charset.StandardCharsets.UTF_8)
                                : MediaType.APPLICATION_JSON)
                .body(csv ? lines : found);
    }

    private List<Entry> find(Caller caller, Wanted wanted, @Nullable Long after, int limit) {
        Filter filter = wanted.filter();
        return transactions.asCaller(
                caller,
                db -> store.find(db, caller.project(), filter, after, limit).stream()
                        .map(Entry::of)
                        .toList());
    }

    private static @Nullable UUID id(String name, @Nullable String text) {
        return text == null
                ? null
                : Paths.parse(text).orElseThrow(() -> Refusal.invalid("\"" + name + "\" is the id of a " + name + "."));
    }

    private static @Nullable String word(String name, @Nullable String text, List<String> words) {
        if (text != null && !words.contains(text)) {
            throw Refusal.invalid("\"" + name + "\" is one of: " + String.join(", ", words) + ".");
        }
        return text;
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid("\"" + name + "\" is a time such as 2026-01-31T12:00:00Z.");
        }
    }
}
