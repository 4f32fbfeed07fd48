package dev.unkai.node;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The smallest guest that can be talked to: a boot sector that says "guest is up" on the serial port, echoes what it hears there,
 * switches itself off on "q", and obeys the power button ("guest goes off"). It is up within a second under TCG.
 *
 * <p>In 16-bit code: enable the power button in the ACPI enable register (port 0x602 of q35); print; then at every timer tick look at
 * the ACPI status register (0x600, bit 8) and the serial line status (0x3fd); off is SLP_EN with sleep type S5 (0x2000) to port 0x604.
 */
public final class BootSectorGuest {
    private static final String CODE =
            "31c08ed88ed0bc007cba0206b80001efbe507ce82e00fbf4ba0006edf6c4017513bafd03eca80174eebaf803ec3c71"
                    + "7403eeebedbe5e7ce80a00ba0406b80020eff4ebfdac84c07406baf803eeebf5c3"
                    + "67756573742069732075700d0a00" // guest is up
                    + "677565737420676f6573206f66660d0a00"; // guest goes off

    private BootSectorGuest() {}

    /** A raw disk image of 1 MiB. */
    public static byte[] image() {
        byte[] code = HexFormat.of().parseHex(CODE);
        byte[] image = Arrays.copyOf(code, 1024 * 1024);
        image[510] = 0x55;
        image[511] = (byte) 0xaa;
        return image;
    }
}
