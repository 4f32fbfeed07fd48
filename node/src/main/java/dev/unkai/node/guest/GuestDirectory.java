package dev.unkai.node.guest;

import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of one guest lie. */
public record GuestDirectory(UUID guest, Path path) {
    private static final String BEING_MADE = ".next";
    private static final Pattern DISK = Pattern.compile("disk(-\\d+)?\\.qcow2(" + Pattern.quote(BEING_MADE) + ")?");
    private static final Pattern LOCAL_NAME = Pattern.compile("[a-z]{1,20}\\d{0,3}");
    private static final Pattern LOCAL = Pattern.compile("local-(" + LOCAL_NAME + ")(-\\d+)?\\.qcow2");

    /** Of one that is being made: of the disk's own format, or before it is. */
    private static final Pattern LOCAL_PART = Pattern.compile(LOCAL + Pattern.quote(BEING_MADE) + "(\\.raw)?");

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

    /** One edition of the disk that has this name beside the guest's own. */
    public Path localDisk(String name, long edition) {
        if (!LOCAL_NAME.matcher(name).matches()) {
            throw new GuestFault("The plan names a disk by a word that cannot be one.");
        }
        return path.resolve("local-" + name + (edition == 0 ? "" : "-" + edition) + ".qcow2");
    }

    /** Whether {@code file} is a disk beside a guest's own, whole or just being made. */
    static boolean isLocalDisk(Path file) {
        String name = file.getFileName().toString();
        return LOCAL.matcher(name).matches() || LOCAL_PART.matcher(name).matches();
    }

    /** Whether {@code file} is any edition of the disk with this name. */
    static boolean isLocalDisk(Path file, String name) {
        Matcher local = LOCAL.matcher(file.getFileName().toString());
        return local.matches() && local.group(1).equals(name);
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
