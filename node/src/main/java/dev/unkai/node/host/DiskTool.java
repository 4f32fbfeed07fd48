package dev.unkai.node.host;

import java.io.IOException;
import java.nio.file.Path;

/** Port to what makes and changes whole disk files. Every method throws an IOException when the calling thread is interrupted meanwhile. */
public interface DiskTool {
    /** An empty disk of {@code size} bytes that lies on nothing. */
    void create(Path disk, long size) throws IOException;

    /**
     * A disk of {@code size} bytes that lies on nothing and begins with a file system.
     *
     * @param format ext2, ext3 or ext4, or swap
     * @param label of the file system; swap has none
     */
    void format(Path disk, long size, String format, String label) throws IOException;

    /** Everything that {@code disk} shows, that of its base too, as one file that lies on nothing. */
    void flatten(Path disk, Path into) throws IOException;

    /** The same disk once more, over the same base; shares the blocks where the file system can. */
    void copy(Path disk, Path into) throws IOException;

    /** Makes the disk larger; what it holds stays. */
    void grow(Path disk, long size) throws IOException;
}
