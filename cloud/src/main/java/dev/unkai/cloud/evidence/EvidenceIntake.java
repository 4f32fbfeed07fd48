package dev.unkai.cloud.evidence;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.EvidenceFiles.Written;
import dev.unkai.cloud.evidence.EvidencePackage.Part;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import dev.unkai.cloud.hosts.EvidenceSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes the parts that hosts bring. A part is there from the commit on that names its file; what breaks off is brought again. */
@Component
class EvidenceIntake implements EvidenceSink {
    private static final int CHUNK = 1 << 16;

    private final Transactions transactions;
    private final PackageStore store;
    private final EvidenceFiles files;
    private final EvidenceCaptures captures;
    private final CollectedParts collected;

    EvidenceIntake(
            Transactions transactions,
            PackageStore store,
            EvidenceFiles files,
            EvidenceCaptures captures,
            CollectedParts collected) {
        this.transactions = transactions;
        this.store = store;
        this.files = files;
        this.captures = captures;
        this.collected = collected;
    }

    @Override
    public void store(UUID capture, InputStream data, long length) {
        Optional<Part> wanted = transactions.asSystem(db -> store.ofCapture(db, capture));
        if (wanted.isEmpty()) {
            return;
        }
        Part part = wanted.get();
        try {
            Written written = files.write(
                    out -> {
                        byte[] buffer = new byte[CHUNK];
                        long sent = 0;
                        for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                            out.write(buffer, 0, n);
                            sent += n;
                        }
                        if (sent != length) {
                            throw new IOException("The host sent " + sent + " bytes of " + length);
                        }
                    },
                    size -> transactions.doAsSystem(db -> store.progress(db, part, size)));
            if (!collected.keep(part, written)) {
                files.remove(written.file());
            }
        } catch (IOException e) {
            throw Refusal.unavailable(Obstacle.of(e).kind().english());
        }
    }

    @Override
    public void refused(UUID capture, String sentence) {
        transactions.doAsSystem(db -> store.ofCapture(db, capture).ifPresent(part -> {
            collected.miss(db, part, Obstacle.of(sentence));
            store.find(db, part.packageId()).ifPresent(evidence -> {
                if (evidence.server() != null) {
                    captures.changed(db, evidence.server());
                }
            });
            store.hurry(db, part.packageId());
            db.wake(EvidencePackages.CHANNEL);
        }));
    }
}
