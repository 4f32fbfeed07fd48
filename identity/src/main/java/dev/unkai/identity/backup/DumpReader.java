package dev.unkai.identity.backup;

import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.backup.BackupTrouble.Kind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a sealed dump to its end, and finds out on the way whether it is authentic, whole and true to what it says of itself. */
final class DumpReader {
    private static final int LARGEST_BLOCK = 1 << 30;

    private DumpReader() {}

    /** A way to read the same file from its beginning, as often as needed. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** What takes in the content, in the dump's order. */
    interface Target {
        /** @param migrations of the schema that the tables are of */
        void begin(List<String> migrations) throws IOException;

        /** Blocks of the table's rows follow. */
        void table(String name, List<String> columns) throws IOException;

        void rows(byte[] block) throws IOException;

        /** The table is complete; {@code rows} many. */
        void end(long rows) throws IOException;

        void sequence(String name, long lastValue) throws IOException;
    }

    private static final Target NOWHERE = new Target() {
        @Override
        public void begin(List<String> migrations) {}

        @Override
        public void table(String name, List<String> columns) {}

        @Override
        public void rows(byte[] block) {}

        @Override
        public void end(long rows) {}

        @Override
        public void sequence(String name, long lastValue) {}
    };

    /** Reads all of it. Throws BackupTrouble when it is damaged, sealed under another key, or no backup. */
    static Dump check(Source source, KeySeal seal) throws IOException {
        return read(source, seal, NOWHERE);
    }

    /** Like {@link #check}, giving the content to the target, which must not keep it unless this returns. */
    static Dump read(Source source, KeySeal seal, Target target) throws IOException {
        try (SealedInput sealed = new SealedInput(new BufferedInputStream(source.open(), 1 << 16), seal);
                DataInputStream data = new DataInputStream(new BufferedInputStream(new GZIPInputStream(sealed)))) {
            Dump dump = read(data, target);
            if (data.read() != -1 || sealed.read() != -1) {
                throw BackupTrouble.damaged("something follows its end");
            }
            return dump;
        } catch (EOFException | ZipException e) {
            throw BackupTrouble.damaged("it ends too early");
        }
    }

    private static Dump read(DataInputStream data, Target target) throws IOException {
        if (!data.readUTF().equals(DumpWriter.TITLE)) {
            throw new BackupTrouble(Kind.NO_BACKUP, "The file is no backup of identity. Nothing was changed.");
        }
        if (data.readInt() != DumpWriter.FORMAT) {
            throw new BackupTrouble(
                    Kind.NEWER, "The backup was made by a newer version of Unkai. Restore it with that version.");
        }
        Instant madeAt = Instant.ofEpochMilli(data.readLong());
        List<String> migrations = readTexts(data);
        target.begin(migrations);
        List<Dump.Table> tables = new ArrayList<>();
        for (byte kind = data.readByte(); kind != DumpWriter.END; kind = data.readByte()) {
            if (kind == DumpWriter.TABLE) {
                tables.add(readTable(data, target));
            } else if (kind == DumpWriter.SEQUENCE) {
                target.sequence(data.readUTF(), data.readLong());
            } else {
                throw BackupTrouble.damaged("it has a part of unknown kind");
            }
        }
        return new Dump(madeAt, migrations, List.copyOf(tables));
    }

    private static Dump.Table readTable(DataInputStream data, Target target) throws IOException {
        String name = data.readUTF();
        List<String> columns = readTexts(data);
        target.table(name, columns);
        MessageDigest digest = DumpWriter.sha256();
        long lines = 0;
        for (int length = data.readInt(); length != 0; length = data.readInt()) {
            if (length < 0 || length > LARGEST_BLOCK) {
                throw BackupTrouble.damaged("a block of " + name + " has an impossible length");
            }
            byte[] block = data.readNBytes(length);
            if (block.length < length) {
                throw new EOFException();
            }
            digest.update(block);
            lines += lines(block);
            target.rows(block);
        }
        long rows = data.readLong();
        byte[] hash = data.readNBytes(digest.getDigestLength());
        if (rows != lines || !MessageDigest.isEqual(hash, digest.digest())) {
            throw BackupTrouble.damaged("the rows of " + name + " are not those that were written");
        }
        target.end(rows);
        return new Dump.Table(name, columns, rows, HexFormat.of().formatHex(hash));
    }

    /** In COPY's text format a line feed ends a row and stands nowhere else. */
    private static long lines(byte[] block) {
        long lines = 0;
        for (byte each : block) {
            if (each == '\n') {
                lines++;
            }
        }
        return lines;
    }

    private static List<String> readTexts(DataInputStream data) throws IOException {
        int size = data.readInt();
        if (size < 0 || size > 100_000) {
            throw BackupTrouble.damaged("a list has an impossible length");
        }
        List<String> texts = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            texts.add(data.readUTF());
        }
        return List.copyOf(texts);
    }
}
