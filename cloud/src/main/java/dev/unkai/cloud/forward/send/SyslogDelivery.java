package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.history.HistoryFeed.Fed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages over one connection, at whose end is known that they were taken (RFC 5425). */
final class SyslogDelivery implements Delivery {
    private static final int BUFFER = 32 << 10;

    private final SyslogMessage messages;
    private final Opening opening;
    private @Nullable OutsideLine line;

    /** Makes the connection. */
    interface Opening {
        OutsideLine open() throws NotTaken;
    }

    SyslogDelivery(SyslogMessage messages, Opening opening) {
        this.messages = messages;
        this.opening = opening;
    }

    @Override
    public boolean add(List<Fed> events) throws NotTaken {
        write(events.stream().map(messages::of).toList());
        return false;
    }

    void write(List<byte[]> several) throws NotTaken {
        OutsideLine open = line;
        if (open == null) {
            open = opening.open();
            line = open;
            open.settle();
        }
        try {
            OutputStream out = new BufferedOutputStream(open.out(), BUFFER);
            for (byte[] message : several) {
                out.write(SyslogMessage.framed(message));
            }
            out.flush();
        } catch (IOException e) {
            throw open.taken(e);
        }
    }

    @Override
    public void finish() throws NotTaken {
        if (line != null) {
            line.finish();
        }
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
