package dev.unkai.node.metadata;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A network namespace without a name (network_namespaces(7)): it lives as long as this handle and the sockets made in it, so whatever
 * ends the process takes it away, with its devices, and nothing is left to be swept up.
 */
final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000; // sched.h
    private static final int READ_ONLY_CLOSE_ON_EXEC = 02000000; // fcntl.h: O_RDONLY | O_CLOEXEC

    /** The calls that Java has no words for; each throws with errno when it fails. */
    private interface Kernel extends Library {
        Kernel CALLS = Native.load("c", Kernel.class);

        int unshare(int flags) throws LastErrorException;

        int setns(int descriptor, int type) throws LastErrorException;

        int open(String path, int flags) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    private final int descriptor;

    private NetworkNamespace(int descriptor) {
        this.descriptor = descriptor;
    }

    /** A new one, with nothing in it but its loopback device. Needs CAP_SYS_ADMIN. */
    static NetworkNamespace create() throws Exception {
        return onThreadOfItsOwn(() -> {
            Kernel.CALLS.unshare(CLONE_NEWNET);
            return new NetworkNamespace(Kernel.CALLS.open("/proc/thread-self/ns/net", READ_ONLY_CLOSE_ON_EXEC));
        });
    }

    /** Runs the work in the namespace: sockets that it opens and commands that it starts belong there, wherever they are used later. */
    <T> T call(Callable<T> work) throws Exception {
        return onThreadOfItsOwn(() -> {
            Kernel.CALLS.setns(descriptor, CLONE_NEWNET);
            return work.call();
        });
    }

    @Override
    public void close() {
        Kernel.CALLS.close(descriptor);
    }

    /** A namespace belongs to a thread; one that entered it must never work for anybody else. */
    private static <T> T onThreadOfItsOwn(Callable<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("namespace").start(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
