package dev.unkai.launcher;

import dev.unkai.base.proof.BrokenHistory;
import dev.unkai.base.proof.HistoryFile;
import dev.unkai.base.proof.HistoryFile.Sound;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** {@code ./unkai verify FILE [--key PUBLIC.pem]}: whether an exported history is what the ledger wrote. Needs no cloud and no connection. */
final class VerifyCommand {
    static final int SOUND = 0;
    static final int WRONG = 1;
    static final int UNCHECKED = 2;

    private final Messages messages;
    private final PrintStream out;
    private final PrintStream err;

    private VerifyCommand(Messages messages, PrintStream out, PrintStream err) {
        this.messages = messages;
        this.out = out;
        this.err = err;
    }

    /** Takes the words after {@code verify}; gives the exit code. */
    static int run(List<String> words, PrintStream out, PrintStream err, Messages messages) {
        try {
            return new VerifyCommand(messages, out, err).verify(words);
        } catch (Problem problem) {
            err.println(messages.text(problem.key(), problem.values()));
            return UNCHECKED;
        }
    }

    private int verify(List<String> words) {
        Optional<Path> file = Optional.empty();
        Optional<LedgerKey> key = Optional.empty();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--key") && rest.hasNext()) {
                key = Optional.of(key(readable(rest.next())));
            } else if (file.isEmpty() && !word.startsWith("--")) {
                file = Optional.of(readable(word));
            } else {
                throw new Problem("verify.usage");
            }
        }
        return verify(file.orElseThrow(() -> new Problem("verify.usage")), key);
    }

    private int verify(Path file, Optional<LedgerKey> key) {
        try (InputStream in = Files.newInputStream(file)) {
            show(
                    HistoryFile.check(in, key, events -> err.println(messages.text("verify.progress", events))),
                    key.isPresent());
            return SOUND;
        } catch (BrokenHistory broken) {
            out.println(messages.text("verify.wrong", sentence(broken)));
            return WRONG;
        } catch (IOException e) {
            throw new Problem("verify.failed", e.getMessage());
        }
    }

    private void show(Sound sound, boolean given) {
        out.println(messages.text("verify.sound", sound.events()));
        if (sound.dropped() > 0) {
            out.println(messages.text("verify.dropped", sound.dropped()));
        }
        out.println(messages.text(
                sound.complete() ? "verify.complete" : "verify.choice",
                sound.head().log(),
                sound.head().time(),
                sound.head().size()));
        out.println(sound.round()
                .map(round -> messages.text(
                        "verify.round",
                        sound.head().size(),
                        round.number(),
                        round.time(),
                        HexFormat.of().formatHex(round.root())))
                .orElseGet(() -> messages.text("verify.noround", sound.head().size())));
        out.println(messages.text(given ? "verify.keygiven" : "verify.ownkey", fingerprint(sound.key())));
    }

    private String sentence(BrokenHistory broken) {
        List<Object> values = new ArrayList<>();
        values.add(broken.line());
        values.addAll(broken.details());
        return messages.text("verify." + broken.fault().name(), values.toArray());
    }

    /** SHA-256 of the key in its DER form, as {@code openssl pkey -pubin -outform DER | sha256sum} gives it. */
    private static String fingerprint(LedgerKey key) {
        return HexFormat.of().formatHex(Sha256.of(key.key().getEncoded()));
    }

    private static LedgerKey key(Path file) {
        try {
            return LedgerKey.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem("verify.nokey", file);
        }
    }

    private static Path readable(String name) {
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new Problem("verify.nofile", name);
        }
        throw new Problem("verify.nofile", name);
    }
}
