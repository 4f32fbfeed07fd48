package dev.unkai.wire.evidence;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a node cannot make what the plan wants captured. The sentence is what crosses the wire ({@code CaptureChunk.fault}): people can read it as it is, and a
 * cloud that knows it says it in any language. So a sentence stays as it is; another meaning is another constant.
 */
public enum CaptureFault {
    NO_MEMORY("The server does not run, so there is no memory to secure."),
    NO_DESCRIPTION("The server does not run, so the hypervisor has no description of it."),
    NO_ROOM("The host's disk has no room for a copy of the server's disk."),
    UNKNOWN_KIND("The host's software does not know how to secure this.");

    private final String sentence;

    CaptureFault(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** Empty for what another version of the node says. */
    public static Optional<CaptureFault> of(String sentence) {
        return Arrays.stream(values())
                .filter(fault -> fault.sentence.equals(sentence))
                .findFirst();
    }
}
