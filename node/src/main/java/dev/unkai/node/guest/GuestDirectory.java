package dev.unkai.node.guest;

import java.nio.file.Path;
import java.util.UUID;

/** Where the files of one guest lie. */
public record GuestDirectory(UUID guest, Path path) {
    public Path disk() {
        return path.resolve("disk.qcow2");
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

    public Path notes() {
        return path.resolve("notes");
    }
}
