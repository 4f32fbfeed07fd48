package dev.unkai.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether KVM really runs guests here: a machine is booted for a moment until its firmware has given up looking for a
 * disk. That /dev/kvm exists proves nothing (nested machines offer devices on which QEMU aborts or hangs).
 */
enum Acceleration {
    KVM,
    TCG;

    static Acceleration probe() {
        if (!Files.exists(Path.of("/dev/kvm"))) {
            return TCG;
        }
        boolean works = Command.of(
                        "timeout",
                        "--kill-after=1",
                        "4",
                        "qemu-system-x86_64",
                        "-machine",
                        "q35,accel=kvm",
                        "-cpu",
                        "host",
                        "-m",
                        "64",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-boot",
                        "reboot-timeout=1")
                .succeeds();
        return works ? KVM : TCG;
    }

    String word() {
        return this == KVM ? "kvm" : "tcg";
    }
}
