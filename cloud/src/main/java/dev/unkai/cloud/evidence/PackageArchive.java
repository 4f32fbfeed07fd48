package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.EvidencePackage.PartState;
import dev.unkai.cloud.evidence.EvidencePackage.Whole;
import dev.unkai.cloud.evidence.seal.TarStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** A sealed package as one tar file, written while its parts are read: however large they are, some kilobytes of it are in memory. */
@Component
public class PackageArchive {
    private final EvidenceFiles files;

    PackageArchive(EvidenceFiles files) {
        this.files = files;
    }

    private static List<Part> present(Whole whole) {
        return whole.parts().stream()
                .filter(part -> part.state() == PartState.DONE)
                .toList();
    }

    public static String fileName(EvidencePackage evidence) {
        return "unkai-evidence-" + evidence.name();
    }

    /** In bytes. */
    public long size(Whole whole) {
        return present(whole).stream()
                        .mapToLong(part -> TarStream.space(part.size()))
                        .sum()
                + TarStream.end();
    }

    /** Throws an unavailable Refusal when a part is not where it was stored, before a byte is sent. */
    public void requireWhole(Whole whole) {
        for (Part part : present(whole)) {
            try (InputStream bytes = open(part)) {
                Objects.requireNonNull(bytes);
            } catch (IOException e) {
                throw Refusal.unavailable(
                        "The part " + part.name()
                                + " of the package cannot be read. Look into the service's log and at the directory of evidence.");
            }
        }
    }

    public void write(Whole whole, OutputStream out) throws IOException {
        Instant time = Objects.requireNonNullElse(
                whole.evidence().sealedAt(), whole.evidence().madeAt());
        TarStream tar = new TarStream(out, time);
        for (Part part : present(whole)) {
            try (InputStream bytes = open(part)) {
                tar.file(fileName(whole.evidence()) + "/" + part.name(), part.size(), bytes);
            }
        }
        tar.finish();
    }

    private InputStream open(Part part) throws IOException {
        String file = part.file();
        return file == null
                ? new ByteArrayInputStream(Objects.requireNonNullElse(part.content(), new byte[0]))
                : files.read(file);
    }
}
