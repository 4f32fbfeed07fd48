package dev.unkai.node.guest;

import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.HypervisorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of a suspended guest in a file beside its disk. It fits the disk only as it was at that moment, so it must
 * never be used twice: it is renamed before the guest goes on from it, and what was renamed is never restored again. A host
 * that dies in just that moment costs the guest its memory, never its disk.
 */
final class SavedMemory {
    private static final Logger log = LoggerFactory.getLogger(SavedMemory.class);

    /** libvirt writes this over "LibvirtQemudPart" as its last step (qemu_saveimage.h). */
    private static final byte[] COMPLETE = "LibvirtQemudSave".getBytes(StandardCharsets.US_ASCII);

    private final GuestDirectory directory;
    private final Hypervisor hypervisor;

    SavedMemory(GuestDirectory directory, Hypervisor hypervisor) {
        this.directory = directory;
        this.hypervisor = hypervisor;
    }

    /** Whether the whole memory lies there and was not gone on from. */
    boolean isComplete() {
        try (InputStream file = Files.newInputStream(directory.memory())) {
            return Arrays.equals(file.readNBytes(COMPLETE.length), COMPLETE);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw GuestFiles.fault("The server's memory cannot be read", e);
        }
    }

    /** Saves the running guest and ends it; when that fails it runs on. */
    void save() {
        drop();
        hypervisor.save(directory.guest(), directory.memory());
    }

    /** Lets the guest go on where it was; when the hypervisor refuses, the memory is kept for the next attempt. */
    void goOn() {
        try {
            move(directory.memory(), directory.memoryInUse());
            try {
                hypervisor.restore(directory.memoryInUse());
            } catch (HypervisorException e) {
                if (hypervisor.find(directory.guest()).isEmpty()) {
                    move(directory.memoryInUse(), directory.memory());
                }
                throw e;
            }
        } catch (IOException e) {
            throw GuestFiles.fault("The server's memory cannot be read", e);
        }
        drop();
    }

    /** Throws away what there is. */
    void drop() {
        try {
            if (Files.deleteIfExists(directory.memory())) {
                log.info("The guest's saved memory is thrown away");
            }
            Files.deleteIfExists(directory.memoryInUse());
        } catch (IOException e) {
            throw GuestFiles.fault("The server's old memory cannot be removed", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
