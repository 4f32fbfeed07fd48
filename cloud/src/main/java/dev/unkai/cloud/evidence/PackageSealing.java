package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.PartState;
import dev.unkai.cloud.evidence.EvidencePackage.State;
import dev.unkai.cloud.evidence.seal.EvidenceSeal;
import dev.unkai.cloud.evidence.seal.EvidenceSeal.Signature;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.wire.event.CadfEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Seals a package whose parts are all there, or known to be missing: documents, manifest and signature are rows of one transaction, so it is sealed or not. */
@Component
class PackageSealing {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Transactions transactions;
    private final PackageStore store;
    private final EvidenceSeal seal;
    private final Clock clock;
    private final Duration kept;

    /** @param kept how long a package is not destroyed */
    PackageSealing(
            Transactions transactions,
            PackageStore store,
            EvidenceSeal seal,
            Clock clock,
            @Value("${unkai.evidence.kept:1825d}") Duration kept) {
        this.transactions = transactions;
        this.store = store;
        this.seal = seal;
        this.clock = clock;
        this.kept = kept;
    }

    void seal(UUID id) {
        transactions.doAsSystem(db -> store.lock(db, id)
                .filter(evidence -> evidence.state() == State.COLLECTING)
                .ifPresent(evidence -> {
                    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                    store.custody(
                            db, id, CollectedParts.SERVICE, "evidence-package/seal", Map.of("at", now.toString()));
                    List<Part> parts = store.parts(db, id);
                    Map<String, byte[]> documents = new TreeMap<>();
                    documents.put("README.txt", readme(evidence, parts, now));
                    documents.put("authority.pem", seal.authority());
                    documents.put("custody.json", custody(store.custody(db, id)));
                    documents.put("package.json", description(evidence, parts, now));
                    Map<String, String> sums = new TreeMap<>();
                    parts.forEach(part -> {
                        if (part.state() == PartState.DONE && part.sha256() != null) {
                            sums.put(part.name(), part.sha256());
                        }
                    });
                    documents.forEach((name, content) -> sums.put(name, sha256(content)));
                    byte[] manifest = sums.entrySet().stream()
                            .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8);
                    Signature signature = seal.sign(manifest);
                    documents.put("SHA256SUMS", manifest);
                    documents.put("SHA256SUMS.p7s", signature.der());
                    documents.forEach((name, content) -> store.document(db, id, name, content, sha256(content)));
                    store.sealed(db, id, kept);
                    db.record(CadfEvent.bySystem(
                                    "cloud", "evidence-package/seal", EvidencePackages.target(evidence), now, null)
                            .with(Map.of(
                                    "manifest_sha256", sha256(manifest),
                                    "signer",
                                            signature.signer().getSerialNumber().toString(16))));
                }));
    }

    private static byte[] readme(EvidencePackage evidence, List<Part> parts, Instant now) {
        String list = parts.stream()
                .map(part -> part.state() == PartState.DONE
                        ? String.format("%-20s %s", part.name(), words(part))
                        : String.format(
                                "%-20s MISSING / 欠落: %s",
                                part.name(),
                                part.obstacle() == null ? "" : part.obstacle().told()))
                .collect(Collectors.joining("\n"));
        return template()
                .replace("{name}", evidence.name())
                .replace("{sealed}", now.toString())
                .replace("{epoch}", String.valueOf(now.getEpochSecond() + 1))
                .replace("{project}", evidence.project())
                .replace("{parts}", list)
                .replace("{reference}", evidence.reference())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String words(Part part) {
        return switch (part.kind()) {
            case EVENTS -> "events of the ledger with their proofs / 台帳のイベントとその証明";
            case CONFIGURATION -> "the server as the service has it / サービスが持つサーバーの構成";
            case DISK -> "the server's disk at one moment, qcow2 / サーバーのディスク (ある時点)";
            case MEMORY -> "the server's memory at one moment, ELF core / サーバーのメモリー (ある時点)";
            case DOMAIN -> "the server as its hypervisor has it, libvirt XML / ハイパーバイザーが持つサーバーの構成";
            case CLOCK -> "state of the host's clock / ホストの時計の状態";
            case SEAL -> "";
        };
    }

    private static String template() {
        try (InputStream text =
                Objects.requireNonNull(PackageSealing.class.getResourceAsStream("/evidence/README.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] custody(List<Entry> entries) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("at", entry.at().toString());
            line.put("by", Map.of("id", entry.by().id(), "name", entry.by().name()));
            line.put("action", entry.action());
            line.put("facts", new TreeMap<>(entry.facts()));
            lines.add(line);
        }
        return json(lines);
    }

    private static byte[] description(EvidencePackage evidence, List<Part> parts, Instant now) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("format", "unkai-evidence/1");
        members.put("package", evidence.name());
        members.put("id", evidence.id().toString());
        members.put("reference", evidence.reference());
        members.put("project", evidence.project());
        members.put("server", text(evidence.server()));
        members.put("reason", evidence.reason());
        members.put("events_from", text(evidence.span().from()));
        members.put("events_to", text(evidence.span().to()));
        members.put("events_actions", evidence.span().actions());
        members.put(
                "asked_by",
                Map.of("id", evidence.made().id(), "name", evidence.made().name()));
        members.put("asked_at", evidence.madeAt().toString());
        members.put("break_glass", text(evidence.breakGlass()));
        members.put("ticket", evidence.ticket());
        members.put("disclosure", text(evidence.disclosure()));
        members.put("sealed_at", now.toString());
        members.put("parts", parts.stream().map(PackageSealing::line).toList());
        return json(members);
    }

    private static Map<String, @Nullable Object> line(Part part) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("name", part.name());
        line.put("state", part.state().wireName());
        line.put("asked_at", part.askedAt().toString());
        line.put("size", part.size());
        line.put("sha256", part.sha256());
        Obstacle why = part.obstacle();
        line.put("missing", why == null ? null : why.kind().wireName());
        line.put("missing_because", why == null ? null : why.told());
        return line;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static byte[] json(Object value) {
        return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(EvidenceFiles.sha256().digest(bytes));
    }
}
