package dev.unkai.node.host;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Debian's package ovmf puts the UEFI firmware. */
public final class OvmfFirmware {
    public static final Path CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");

    /** The empty variable store that every guest starts from. */
    public static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

    private OvmfFirmware() {}

    public static boolean installed() {
        return Files.isReadable(CODE) && Files.isReadable(VARIABLES);
    }
}
