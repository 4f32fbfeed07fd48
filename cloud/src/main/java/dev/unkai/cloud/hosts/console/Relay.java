package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** Somebody here who waits for the bytes of a guest's console. Its methods run in the thread of the host's call. */
sealed interface Relay permits AnswerRelay, SocketRelay {
    UUID session();

    /** The host that the guest is on; no other may answer. */
    UUID host();

    /** The host has opened its end. */
    void attached(ConsoleCall call);

    /** Takes bytes of the guest; blocks while the other end is slow, and the host then waits too. */
    void received(ByteString bytes);

    /** The host's end is closed; the sentence says why there is nothing (more) to relay, empty when that is normal. */
    void ended(String fault);
}
