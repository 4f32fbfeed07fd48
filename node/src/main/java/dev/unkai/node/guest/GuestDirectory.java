package dev.unkai.node.guest;

import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where the files of one guest lie. */
public record GuestDirectory(UUID guest, Path path) {
    private static final String BEING_MADE = ".next";
    private static final Pattern DISK = Pattern.compile("disk(-\\d+)?\\.qcow2(" + Pattern.quote(BEING_MADE) + ")?");

    /** The disk of the first edition. */
    public Path disk() {
        return disk(0);
    }

    /** The disk of one edition of the plan. */
    public Path disk(long edition) {
        return path.resolve(edition == 0 ? "disk.qcow2" : "disk-" + edition + ".qcow2");
    }

    /** Whether {@code file} is a disk of any edition, whole or just being made. */
    static boolean isDisk(Path file) {
        return DISK.matcher(file.getFileName().toString()).matches();
    }

    /** Whether {@code disk} is one that was never finished. */
    static boolean isBeingMade(Path disk) {
        return disk.getFileName().toString().endsWith(BEING_MADE);
    }

    /** What a rescued guest boots from. */
    public Path rescueDisk() {
        return path.resolve("rescue.qcow2");
    }

    public Path configDrive() {
        return path.resolve("config.iso");
    }

    /** UEFI variables. */
    public Path variables() {
        return path.resolve("nvram.fd");
    }

    public Path vncSocket() {
        return path.resolve("vnc");
    }

    public Path serialSocket() {
        return path.resolve("serial");
    }

    public Path serialLog() {
        return path.resolve("serial.log");
    }

    /** Of a suspended guest. */
    public Path memory() {
        return path.resolve("memory");
    }

    /** The same from the moment on at which the guest is to go on from it. */
    public Path memoryInUse() {
        return path.resolve("memory.used");
    }

    public Path notes() {
        return path.resolve("notes");
    }
}
