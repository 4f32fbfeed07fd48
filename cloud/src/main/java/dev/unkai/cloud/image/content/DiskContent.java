package dev.unkai.cloud.image.content;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Judges uploaded bytes by themselves, not by what they are declared to be. */
@Component
public final class DiskContent {
    private static final int VDI_SIGNATURE = 0xbeda107f;
    private static final int VDI_SIGNATURE_AT = 0x40;

    private final ImageLimits limits;

    public DiskContent(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * The size in bytes of the disk in the file; empty when it is none that can be booted here: in another format, or
     * called qcow2 and not even looking like it. Such data is kept for its owner and given to no host.
     *
     * @param diskFormat as declared
     * @throws Refusal invalid, with a sentence, when the content is damaged, leads out of itself, is another format's
     *     disk under the name of raw, or is too large
     */
    public OptionalLong virtualSize(Path path, String diskFormat) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (file.size() == 0) {
                throw Refusal.invalid("The upload holds no data.");
            }
            return switch (diskFormat) {
                case "qcow2" -> {
                    if (!Qcow2Header.isOne(file)) {
                        yield OptionalLong.empty();
                    }
                    Qcow2Header header = Qcow2Header.read(file, limits.largestDisk());
                    new Qcow2Tables(file, header).check();
                    yield OptionalLong.of(header.size());
                }
                case "raw" -> OptionalLong.of(raw(file));
                default -> OptionalLong.empty();
            };
        }
    }

    private long raw(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(512);
        while (start.hasRemaining() && file.read(start, start.position()) > 0) {
            // until the sector is full or the file ends
        }
        String other = otherFormat(start.flip());
        if (!other.isEmpty()) {
            throw Refusal.invalid("The data is a " + other + " image, but disk_format says raw. "
                    + (other.equals("qcow2")
                            ? "Set disk_format to qcow2."
                            : "Convert it with qemu-img to qcow2 or raw."));
        }
        if (file.size() > limits.largestDisk()) {
            throw Refusal.invalid("The disk is larger than " + (limits.largestDisk() >> 30) + " GiB.");
        }
        return file.size();
    }

    /** Formats that a hypervisor which guesses would not take for raw; empty when it is none of them. */
    private static String otherFormat(ByteBuffer start) {
        if (start.limit() >= 8) {
            int magic = start.getInt(0);
            String text = StandardCharsets.ISO_8859_1.decode(start.slice(0, 8)).toString();
            if (magic == Qcow2Header.MAGIC) {
                return "qcow2";
            }
            if (text.startsWith("KDMV") || text.startsWith("COWD") || text.startsWith("# Disk D")) {
                return "VMDK";
            }
            if (text.equals("vhdxfile")) {
                return "VHDX";
            }
            if (text.equals("conectix")) {
                return "VHD";
            }
            if (text.startsWith("QED\0")) {
                return "QED";
            }
        }
        if (start.limit() >= VDI_SIGNATURE_AT + 4
                && start.order(ByteOrder.LITTLE_ENDIAN).getInt(VDI_SIGNATURE_AT) == VDI_SIGNATURE) {
            return "VDI";
        }
        return "";
    }
}
