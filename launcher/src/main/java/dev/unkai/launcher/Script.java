package dev.unkai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Small shell scripts that go on running after this program has ended, and so are copied into the data directory. */
enum Script {
    KEEP("keep.sh"),
    HOST("host.sh"),
    VPN("vpn.sh"),
    CERTIFICATES("certificates.sh");

    private final String file;

    Script(String file) {
        this.file = file;
    }

    Path install(DataDirectory directory) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the launcher");
            }
            directory.write("lib/" + file, new String(in.readAllBytes(), StandardCharsets.UTF_8), "rwxr-xr-x");
            return directory.of("lib/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
