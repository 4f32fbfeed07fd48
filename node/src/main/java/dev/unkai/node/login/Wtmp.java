package dev.unkai.node.login;

import dev.unkai.wire.node.LogIn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file wtmp, utmp(5): what login(1) writes, and sshd for sessions with a terminal. For machines without a journal. The position is the file's inode and the bytes
 * of it that were read; after a rotation the rest of the old file comes first.
 */
final class Wtmp implements LogInRecords {
    private static final int RECORD = 384; // bytes, with times of 32 bits, as on x86-64
    private static final short USER_PROCESS = 7;

    private final Path file;
    private final Path before;

    Wtmp(Path file) {
        this.file = file;
        this.before = file.resolveSibling(file.getFileName() + ".1");
    }

    @Override
    public String kind() {
        return "wtmp";
    }

    @Override
    public String end() throws IOException {
        return Files.exists(file) ? position(inode(file), whole(Files.size(file))) : position(0, 0);
    }

    @Override
    public Batch after(String position) throws IOException {
        String[] words = position.split(" ");
        long inode = Long.parseLong(words[0]);
        long read = Long.parseLong(words[1]);
        if (!Files.exists(file)) {
            return new Batch(List.of(), position);
        }
        long now = inode(file);
        if (now == inode) {
            return Files.size(file) < read ? cut(now) : batch(file, now, read);
        }
        if (Files.exists(before) && inode(before) == inode && Files.size(before) - read >= RECORD) {
            return batch(before, inode, read);
        }
        return batch(file, now, 0);
    }

    /** Nothing in the system shortens the file: somebody does not want to be seen. */
    private Batch cut(long inode) throws IOException {
        LogIn unknown = LogIn.newBuilder()
                .setKey("wtmp/cut/" + Files.getLastModifiedTime(file).toMillis())
                .setAtMillis(Files.getLastModifiedTime(file).toMillis())
                .setUser("?")
                .setTerminal("wtmp was cut short")
                .build();
        return new Batch(List.of(unknown), position(inode, 0));
    }

    private static Batch batch(Path file, long inode, long from) throws IOException {
        List<LogIn> found = new ArrayList<>();
        long read = from;
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer record = ByteBuffer.allocate(RECORD).order(ByteOrder.nativeOrder());
            while (found.size() < MOST && channel.read(record.clear(), read) == RECORD) {
                read += RECORD;
                String user = text(record, 44, 32);
                if (record.getShort(0) == USER_PROCESS && !user.isEmpty()) {
                    found.add(logIn(record, user));
                }
            }
        }
        return new Batch(found, position(inode, read));
    }

    private static LogIn logIn(ByteBuffer record, String user) {
        long seconds = Integer.toUnsignedLong(record.getInt(340));
        int micros = record.getInt(344);
        String terminal = text(record, 8, 32);
        return LogIn.newBuilder()
                .setKey("wtmp/" + seconds + "." + micros + "/" + record.getInt(4) + "/" + terminal)
                .setAtMillis(seconds * 1000 + micros / 1000)
                .setUser(user)
                .setFrom(text(record, 76, 256))
                .setTerminal(terminal)
                .build();
    }

    /** Up to the first zero; what is no UTF-8 is replaced. */
    private static String text(ByteBuffer record, int at, int longest) {
        byte[] bytes = new byte[longest];
        record.get(at, bytes);
        int end = 0;
        while (end < longest && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static long inode(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    /** Who writes a record just now has not finished it. */
    private static long whole(long size) {
        return size - size % RECORD;
    }

    private static String position(long inode, long read) {
        return inode + " " + read;
    }
}
