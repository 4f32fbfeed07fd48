package dev.unkai.cloud.hosts;

import java.util.UUID;

/** Who wants to know what became of a capture; the event goes up, so the module above implements it. */
public interface CaptureObserver {
    /** The host has begun to bring the image. */
    void storing(UUID capture);

    /**
     * The image is stored, or will never be; the capture is to end. Runs in a transaction of its own.
     *
     * @param fault a sentence for people; empty when it is stored
     */
    void captured(UUID capture, String fault);
}
