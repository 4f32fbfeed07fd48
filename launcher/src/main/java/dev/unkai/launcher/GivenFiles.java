package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes an operator's certificate over into the data directory, where the cloud's account can read it: chain and key as one file, replaced as a whole
 * and only by one that was looked at. Root does it, since the operator's key is usually root's alone; the file's folder is root's too.
 */
final class GivenFiles {
    static final String TAKEN = "pki/edge.pem";
    /** What is known of it. */
    static final String NAME = "edge";

    private final DataDirectory directory;
    private final Clock clock;
    private final Account reader;
    private final Renewals renewals;

    /** @param reader whose the taken file is */
    GivenFiles(DataDirectory directory, Clock clock, Account reader) {
        this.directory = directory;
        this.reader = reader;
        this.clock = clock;
        this.renewals = new Renewals(directory, clock);
    }

    /** Throws a Problem that says why the files cannot be used; then nothing has changed. */
    void take(Edge.FromFiles files, String name) {
        GivenCertificate given = GivenCertificate.read(files);
        new GivenCertificateCheck(name, clock.instant(), TrustedRoots.ofThisMachine()).check(given);
        String text = given.pem();
        if (!text.equals(present())) {
            directory.write(TAKEN, text, "r--------", reader);
        }
        renewals.succeeded(NAME);
    }

    /** The same for a start and for the loop, where the one of before stays in use; answers why the files cannot be used. */
    Optional<Problem> takeIfGood(Edge.FromFiles files, String name) {
        try {
            take(files, name);
            return Optional.empty();
        } catch (Problem refused) {
            renewals.failed(NAME, refused);
            return Optional.of(refused);
        }
    }

    private String present() {
        try {
            Path taken = directory.of(TAKEN);
            return Files.exists(taken) ? Files.readString(taken) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what was taken over when the certificate comes from elsewhere now. */
    void forget() {
        try {
            Files.deleteIfExists(directory.of(TAKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        renewals.forget(NAME);
    }
}
