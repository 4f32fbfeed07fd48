package dev.unkai.node.guest;

import dev.unkai.node.LongWork;
import dev.unkai.node.host.DiskTool;
import dev.unkai.node.host.HostClock;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.wire.evidence.CaptureFault;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.EvidenceKind;
import dev.unkai.wire.node.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the images of guests' disks that the plan asks for, and what it wants secured as evidence, and brings them to the cloud, until the plan asks no more. Nothing of it is
 * remembered across a restart of the node: what the plan still asks for is begun again.
 */
public final class GuestCaptures {
    private static final Logger log = LoggerFactory.getLogger(GuestCaptures.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Path directory;
    private final GuestFiles files;
    private final Hypervisor hypervisor;
    private final CaptureStore store;
    private final DiskTool tool;
    private final LongWork longWork;
    private final Consumer<UUID> wake;
    private final Map<String, Job> jobs = new HashMap<>();
    /** Guests of which something is being made just now. */
    private final Set<UUID> atWork = ConcurrentHashMap.newKeySet();

    /** @param wake told of a guest when its disk is not read any more */
    public GuestCaptures(
            Path state,
            GuestFiles files,
            Hypervisor hypervisor,
            CaptureStore store,
            DiskTool tool,
            LongWork longWork,
            Consumer<UUID> wake)
            throws IOException {
        this.directory = state.resolve("captures");
        this.files = files;
        this.hypervisor = hypervisor;
        this.store = store;
        this.tool = tool;
        this.longWork = longWork;
        this.wake = wake;
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try (var leftOver = Files.newDirectoryStream(directory)) {
            for (Path file : leftOver) {
                Files.delete(file);
            }
        }
    }

    /** Port to where the images go. */
    public interface CaptureStore {
        /** Brings the file; returns when the cloud has stored it or does not want it any more. */
        void store(String captureId, Path file) throws IOException;

        /** Says why there is no file; the sentence is for people. */
        void refuse(String captureId, String sentence) throws IOException;
    }

    /** The guest is as the plan says, so that its captures can be made; those that the plan does not name any more are given up. */
    synchronized void want(Guest guest, boolean runs) {
        UUID id = UUID.fromString(guest.getId());
        Set<String> wanted = new HashSet<>();
        List<Order> orders = new ArrayList<>();
        guest.getCapturesList().forEach(capture -> orders.add(Order.of(capture)));
        guest.getEvidenceList().forEach(capture -> orders.add(Order.of(capture)));
        for (Order order : orders) {
            wanted.add(order.id());
            if (!jobs.containsKey(order.id())) {
                Job job = new Job(guest, id, order, runs);
                jobs.put(order.id(), job);
                job.thread.start();
            }
        }
        giveUp(id, wanted);
    }

    /** The guest is to be removed. */
    synchronized void forget(UUID guest) {
        giveUp(guest, Set.of());
    }

    /** Whether the memory of the guest is being written to a file, for which it stands still. */
    synchronized boolean dumps(UUID guest) {
        return jobs.values().stream()
                .anyMatch(job -> job.guest.equals(guest)
                        && job.order.kind() == EvidenceKind.EVIDENCE_MEMORY
                        && atWork.contains(guest));
    }

    /** Whether the disk of a guest that is off is being read, so that nobody may write it. */
    synchronized boolean reads(UUID guest) {
        return jobs.values().stream().anyMatch(job -> job.guest.equals(guest) && job.reading);
    }

    private void giveUp(UUID guest, Set<String> wanted) {
        jobs.entrySet().removeIf(entry -> {
            Job job = entry.getValue();
            boolean over = job.guest.equals(guest) && !wanted.contains(entry.getKey());
            if (over) {
                job.thread.interrupt();
            }
            return over;
        });
    }

    /**
     * What is to be made.
     *
     * @param largest bytes; 0: any size
     * @param label for the log
     */
    private record Order(String id, EvidenceKind kind, long largest, String label) {
        static Order of(Capture capture) {
            return new Order(
                    capture.getId(),
                    EvidenceKind.EVIDENCE_DISK,
                    capture.getLargestSize(),
                    "image " + capture.getImageId());
        }

        static Order of(EvidenceCapture capture) {
            return new Order(
                    capture.getId(), capture.getKind(), capture.getLargestSize(), "evidence " + capture.getKind());
        }

        boolean isDisk() {
            return kind == EvidenceKind.EVIDENCE_DISK;
        }
    }

    private final class Job {
        private final UUID guest;
        private final Order order;
        private final Path disk;

        /** The guest's own disk, which is the second while it is rescued. */
        private final String device;

        private final Path file;
        private final Thread thread;

        private volatile boolean reading;

        Job(Guest guest, UUID id, Order order, boolean runs) {
            this.guest = id;
            this.order = order;
            this.disk = files.directory(id).disk(guest.getDisk().getEdition());
            this.device = TaggedDevices.device(guest.hasRescue() ? 1 : 0);
            this.file = directory.resolve(UUID.fromString(order.id()) + (order.isDisk() ? ".qcow2" : ".evidence"));
            this.reading = !runs && order.isDisk();
            this.thread = longWork.thread("capture-" + order.id(), this::run);
        }

        private void run() {
            try {
                Duration pause = FIRST_PAUSE;
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        make();
                        bring();
                        return;
                    } catch (IOException | HypervisorException e) {
                        if (Thread.currentThread().isInterrupted()) {
                            return;
                        }
                        log.warn("The {} is not stored yet: {}", order.label(), e.getMessage());
                    }
                    longWork.sleep(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                }
            } catch (InterruptedException e) {
                log.info("The {} is not wanted any more", order.label());
            } finally {
                doneReading();
                delete();
            }
        }

        /** Makes the file, unless it was made before and only could not be brought. */
        private void make() throws IOException {
            if (Files.exists(file)) {
                return;
            }
            if (!atWork.add(guest)) {
                throw new IOException("another copy of this guest is being made"); // a job of the hypervisor at a time
            }
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.deleteIfExists(part);
                make(part);
                Files.move(part, file);
            } catch (IOException | HypervisorException e) {
                Files.deleteIfExists(part);
                if (isFull(e)) {
                    store.refuse(order.id(), CaptureFault.NO_ROOM.sentence());
                }
                throw e;
            } finally {
                atWork.remove(guest);
                doneReading();
            }
            log.info("The {} of the guest is made: {} bytes", order.label(), Files.size(file));
        }

        private void make(Path part) throws IOException {
            switch (order.kind()) {
                case EVIDENCE_DISK -> {
                    if (runs()) {
                        tool.create(part, QcowOverlay.virtualSize(disk, "qcow2"));
                        files.own(part);
                        hypervisor.backUp(guest, device, part);
                    } else {
                        tool.flatten(disk, part);
                    }
                }
                case EVIDENCE_MEMORY -> {
                    requireRunning(CaptureFault.NO_MEMORY);
                    hypervisor.dumpMemory(guest, part);
                }
                case EVIDENCE_DOMAIN -> {
                    requireRunning(CaptureFault.NO_DESCRIPTION);
                    Files.writeString(
                            part,
                            hypervisor
                                    .document(guest)
                                    .orElseThrow(() -> new IOException("the guest has just stopped")));
                }
                case EVIDENCE_CLOCK -> Files.writeString(part, HostClock.report());
                case EVIDENCE_KIND_UNSPECIFIED, UNRECOGNIZED -> {
                    store.refuse(order.id(), CaptureFault.UNKNOWN_KIND.sentence());
                    throw new IOException("the plan asks for something unknown");
                }
            }
        }

        private void requireRunning(CaptureFault fault) throws IOException {
            if (hypervisor.find(guest).isEmpty()) {
                store.refuse(order.id(), fault.sentence());
                throw new IOException(fault.sentence());
            }
        }

        /** A guest that is off is kept off while its disk is read. */
        private boolean runs() {
            if (hypervisor.find(guest).isPresent()) {
                return true;
            }
            reading = true;
            return hypervisor.find(guest).isPresent();
        }

        private void bring() throws IOException {
            long size = Files.size(file);
            if (order.largest() > 0 && size > order.largest()) {
                store.refuse(
                        order.id(),
                        "The image has " + (size >> 20) + " MiB; at most " + (order.largest() >> 20)
                                + " MiB can be stored.");
                return;
            }
            store.store(order.id(), file);
        }

        private void doneReading() {
            if (reading) {
                reading = false;
                wake.accept(guest);
            }
        }

        private void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.warn("{} cannot be removed: {}", file, e.getMessage());
            }
        }

        private static boolean isFull(Exception e) {
            String message = String.valueOf(e.getMessage());
            return message.contains("No space left") || message.contains("Disk quota");
        }
    }
}
