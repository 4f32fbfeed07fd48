package dev.unkai.node.hypervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Port to the host's hypervisor. A guest's domain exists exactly while it runs. Every method throws
 * {@link HypervisorException}, and {@link HypervisorUnavailable} while the hypervisor does not answer at all.
 */
public interface Hypervisor {
    /** All running guests that this node made; domains of others are never shown, so never touched. */
    List<RunningGuest> running();

    Optional<RunningGuest> find(UUID guest);

    /** Returns when the guest's processor runs. */
    void start(String domainXml);

    /** Presses the guest's power button; whether it listens is the guest's affair. */
    void pressPowerButton(UUID guest);

    /**
     * Writes a running guest's memory and devices to the file and ends it, as one step: when it fails the guest runs on.
     * Does nothing when there is none.
     */
    void save(UUID guest, Path file);

    /** Starts the guest that was saved in the file where it was; returns when its processor runs. */
    void restore(Path file);

    /** Lets a guest run on that was paused, or halted by an input/output error. */
    void resume(UUID guest);

    /** Ends the guest at once; returns when its process is gone. Does nothing when there is none. */
    void destroy(UUID guest);

    void attachDevice(UUID guest, String deviceXml);

    /** Asks the guest to let a network port go; that it did is seen later. Does nothing when it is already asked. */
    void detachPort(UUID guest, String portId);

    /**
     * Copies the guest's disk {@code target} (such as vda) as it is at this moment, bases included, into the empty qcow2 disk
     * {@code file} while the guest runs on. Returns when the copy is whole; a job that an earlier process left behind is ended
     * first. Throws also when the guest stops meanwhile, or the calling thread is interrupted.
     */
    void backUp(UUID guest, String target, Path file);

    /**
     * Writes the running guest's memory to the file as an ELF core. The guest stands still meanwhile and goes on afterwards, whether it
     * succeeds or not. Throws also when the guest does not run.
     */
    void dumpMemory(UUID guest, Path file);

    /** The hypervisor's own description of the running guest, XML without secrets; empty when it does not run. */
    Optional<String> document(UUID guest);

    /**
     * Brings the running guest to another hypervisor, memory and disk, while it runs on. Returns when nothing of it runs here; at the
     * other end it then stands still. Throws when it stays here.
     */
    void migrate(UUID guest, MigrationRoute route);

    /** Stops the guest's processors; {@link #resume} lets them go on. */
    void pause(UUID guest);

    /** Ends the long job that is done on the guest, if there is one; the guest runs on. */
    void abortJob(UUID guest);

    /** How far the long job on the guest is; empty when there is none. */
    Optional<JobProgress> progress(UUID guest);

    /** Whether the guest is just being brought here and is not whole yet. */
    boolean isIncoming(UUID guest);

    /** Since when the guest stood still last (System.nanoTime); empty when that was not seen. */
    OptionalLong stoodStillSince(UUID guest);

    /** Who wants to know; called on the hypervisor's event thread, so it is to return at once. */
    interface Listener {
        void stopped(UUID guest, StopCause cause);

        /** Something else changed: halted by an error, resumed. */
        void changed(UUID guest);

        /** A connection was made (again): what was seen before may be out of date. */
        void connected();
    }
}
