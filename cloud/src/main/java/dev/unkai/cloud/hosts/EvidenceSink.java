package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import java.io.InputStream;
import java.util.UUID;

/** Who takes what hosts secure as evidence; it goes up, so the module above implements it. */
public interface EvidenceSink {
    /**
     * Takes the bytes; does nothing when it is not wanted any more.
     *
     * @throws Refusal when it cannot be stored, now or ever: the host brings it again
     */
    void store(UUID capture, InputStream data, long length);

    /** There is nothing to bring, for good; the sentence is for people. */
    void refused(UUID capture, String sentence);
}
