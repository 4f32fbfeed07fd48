package dev.unkai.node.guest;

import dev.unkai.wire.node.ConfigDrive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The config drive as an ISO 9660 image (ECMA-119) with Joliet names, volume label "config-2". Written here, because a small
 * image of four files takes less than the start of a tool that makes one.
 */
public final class ConfigDriveImage {
    private static final String LABEL = "config-2";
    private static final int SECTOR = 2048;

    /** At least 256 KiB: some guests' tools (busybox findfs) read 68 KiB before they name a file system. */
    private static final int LEAST_SECTORS = 128;

    /** Sectors 0–15 are the system's, 16 primary, 17 Joliet, 18 end of descriptors, then four path tables. */
    private static final int PATH_TABLES_AT = 19;

    private static final int DIRECTORIES_AT = PATH_TABLES_AT + 4;
    private static final String[] DIRECTORIES = {"", "openstack", "latest"};

    /** First the three directories of the primary tree, then those of the Joliet tree, then the files. */
    private static final int FILES_AT = DIRECTORIES_AT + 2 * DIRECTORIES.length;

    private record Entry(String name, byte[] content, int sector) {}

    private ConfigDriveImage() {}

    /** The image's bytes for the files {@code openstack/latest/…} of {@code drive}; files without content are left out. */
    public static byte[] of(ConfigDrive drive) {
        List<Entry> files = new ArrayList<>();
        int sector = FILES_AT;
        // in the order that ECMA-119 wants: by name
        sector = add(files, sector, "meta_data.json", drive.getMetaDataJson().getBytes(StandardCharsets.UTF_8));
        sector = add(
                files, sector, "network_data.json", drive.getNetworkDataJson().getBytes(StandardCharsets.UTF_8));
        sector = add(files, sector, "user_data", drive.getUserData().toByteArray());
        sector =
                add(files, sector, "vendor_data.json", drive.getVendorDataJson().getBytes(StandardCharsets.UTF_8));

        sector = Math.max(sector, LEAST_SECTORS);
        ByteBuffer image = ByteBuffer.allocate(sector * SECTOR);
        for (boolean joliet : new boolean[] {false, true}) {
            descriptor(image, joliet, sector);
            pathTables(image, joliet);
            directories(image, joliet, files);
        }
        image.position(18 * SECTOR);
        image.put((byte) 255).put("CD001".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
        for (Entry file : files) {
            image.position(file.sector() * SECTOR);
            image.put(file.content());
        }
        return image.array();
    }

    private static int add(List<Entry> files, int sector, String name, byte[] content) {
        if (content.length == 0) {
            return sector;
        }
        files.add(new Entry(name, content, sector));
        return sector + (content.length + SECTOR - 1) / SECTOR;
    }

    private static void descriptor(ByteBuffer image, boolean joliet, int sectors) {
        int start = (joliet ? 17 : 16) * SECTOR;
        image.position(start);
        image.put((byte) (joliet ? 2 : 1))
                .put("CD001".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        text(image, start + 8, 32, "LINUX", joliet);
        text(image, start + 40, 32, LABEL, joliet);
        both32(image, start + 80, sectors);
        if (joliet) {
            image.position(start + 88);
            image.put(new byte[] {0x25, 0x2f, 0x45}); // UCS-2 level 3
        }
        both16(image, start + 120, 1);
        both16(image, start + 124, 1);
        both16(image, start + 128, SECTOR);
        both32(image, start + 132, pathTable(joliet, false).length);
        int tables = PATH_TABLES_AT + (joliet ? 2 : 0);
        image.putInt(start + 140, Integer.reverseBytes(tables));
        image.putInt(start + 148, tables + 1);
        image.position(start + 156);
        image.put(record(new byte[] {0}, directoryAt(joliet, 0), SECTOR, true));
        text(image, start + 190, 128, "", joliet);
        text(image, start + 318, 128, "", joliet);
        text(image, start + 446, 128, "", joliet);
        text(image, start + 574, 128, "UNKAI", joliet);
        text(image, start + 702, 37, "", joliet);
        text(image, start + 739, 37, "", joliet);
        text(image, start + 776, 37, "", joliet);
        // four dates of 16 digits and a time zone; all "0" means not given
        for (int date = 0; date < 4; date++) {
            image.position(start + 813 + 17 * date);
            image.put("0000000000000000".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        image.put(start + 881, (byte) 1);
    }

    private static void pathTables(ByteBuffer image, boolean joliet) {
        int at = PATH_TABLES_AT + (joliet ? 2 : 0);
        image.position(at * SECTOR);
        image.put(pathTable(joliet, false));
        image.position((at + 1) * SECTOR);
        image.put(pathTable(joliet, true));
    }

    /** Each directory is the only child of the one before. */
    private static byte[] pathTable(boolean joliet, boolean bigEndian) {
        ByteBuffer table = ByteBuffer.allocate(SECTOR);
        for (int number = 0; number < DIRECTORIES.length; number++) {
            byte[] name = directoryName(joliet, number);
            int extent = directoryAt(joliet, number);
            short parent = (short) Math.max(1, number);
            table.put((byte) name.length).put((byte) 0);
            table.putInt(bigEndian ? extent : Integer.reverseBytes(extent));
            table.putShort(bigEndian ? parent : Short.reverseBytes(parent));
            table.put(name);
            if (name.length % 2 == 1) {
                table.put((byte) 0);
            }
        }
        byte[] used = new byte[table.position()];
        table.flip().get(used);
        return used;
    }

    private static void directories(ByteBuffer image, boolean joliet, List<Entry> files) {
        for (int number = 0; number < DIRECTORIES.length; number++) {
            image.position(directoryAt(joliet, number) * SECTOR);
            image.put(record(new byte[] {0}, directoryAt(joliet, number), SECTOR, true));
            image.put(record(new byte[] {1}, directoryAt(joliet, Math.max(0, number - 1)), SECTOR, true));
            if (number + 1 < DIRECTORIES.length) {
                image.put(record(directoryName(joliet, number + 1), directoryAt(joliet, number + 1), SECTOR, true));
                continue;
            }
            for (Entry file : files) {
                byte[] name = encode(joliet ? file.name() : file.name().toUpperCase(Locale.ROOT) + ";1", joliet);
                image.put(record(name, file.sector(), file.content().length, false));
            }
        }
    }

    private static byte[] record(byte[] name, int extent, int length, boolean directory) {
        int size = 33 + name.length + (name.length % 2 == 0 ? 1 : 0);
        ByteBuffer record = ByteBuffer.allocate(size);
        record.put((byte) size).put((byte) 0);
        both32(record, 2, extent);
        both32(record, 10, length);
        record.position(18);
        record.put(new byte[] {126, 1, 1, 0, 0, 0, 0}); // 2026-01-01: the same content gives the same image
        record.put((byte) (directory ? 2 : 0));
        both16(record, 28, 1);
        record.position(32);
        record.put((byte) name.length).put(name);
        return record.array();
    }

    private static int directoryAt(boolean joliet, int number) {
        return DIRECTORIES_AT + (joliet ? DIRECTORIES.length : 0) + number;
    }

    private static byte[] directoryName(boolean joliet, int number) {
        return number == 0
                ? new byte[] {0}
                : encode(joliet ? DIRECTORIES[number] : DIRECTORIES[number].toUpperCase(Locale.ROOT), joliet);
    }

    private static byte[] encode(String text, boolean joliet) {
        return text.getBytes(joliet ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
    }

    /** Text, filled up with blanks. */
    private static void text(ByteBuffer image, int at, int length, String text, boolean joliet) {
        int characters = joliet ? length / 2 : length;
        image.position(at);
        image.put(encode(text + " ".repeat(characters - text.length()), joliet));
    }

    /** ECMA-119 7.3.3: little-endian, then big-endian. */
    private static void both32(ByteBuffer buffer, int at, int value) {
        buffer.putInt(at, Integer.reverseBytes(value));
        buffer.putInt(at + 4, value);
    }

    private static void both16(ByteBuffer buffer, int at, int value) {
        buffer.putShort(at, Short.reverseBytes((short) value));
        buffer.putShort(at + 2, (short) value);
    }
}
