package dev.unkai.cloud.hosts.link;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Chunks of a call as one stream of bytes. The next chunk is asked for when one was taken, so a slow disk holds the sender back. */
final class ChunkStream extends InputStream {
    private static final ByteString END = ByteString.copyFromUtf8("end");
    private static final ByteString BROKEN = ByteString.copyFromUtf8("broken");

    private final BlockingQueue<ByteString> chunks = new LinkedBlockingQueue<>();
    private final Runnable askForMore;
    private InputStream current = InputStream.nullInputStream();
    private boolean ended;
    private volatile boolean broken;

    ChunkStream(Runnable askForMore) {
        this.askForMore = askForMore;
    }

    void add(ByteString chunk) {
        chunks.add(chunk);
    }

    /** All has come. */
    void end() {
        chunks.add(END);
    }

    /** No more will come: who reads gets an IOException. */
    void breakOff() {
        broken = true;
        chunks.add(BROKEN);
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = current.read(into, at, length);
        while (read < 0 && next()) {
            read = current.read(into, at, length);
        }
        return read;
    }

    @SuppressWarnings("ReferenceEquality") // the two marks are told from chunks with the same bytes by being themselves
    private boolean next() throws IOException {
        if (ended) {
            return false;
        }
        ByteString chunk;
        try {
            chunk = chunks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (chunk == BROKEN) {
            throw new IOException("The host broke the upload off");
        }
        if (chunk == END) {
            ended = true;
            return false;
        }
        current = chunk.newInput();
        askForMore.run();
        return true;
    }
}
