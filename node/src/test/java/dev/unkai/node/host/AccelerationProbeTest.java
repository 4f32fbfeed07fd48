package dev.unkai.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccelerationProbeTest {
    @TempDir
    private Path state;

    @Test
    void withoutTheDeviceGuestsRunInSoftware() {
        Acceleration found = new AccelerationProbe(state, "versions", state.resolve("no-device")).find();

        assertThat(found.kvm()).isFalse();
        assertThat(found.domainType()).isEqualTo("qemu");
        assertThat(found.note()).contains("no /dev/kvm");
    }

    @Test
    void asksAHostOfTheSameVersionsOnlyOnce() throws Exception {
        Path device = Files.createFile(state.resolve("device"));
        Files.writeString(state.resolve("acceleration"), "versions\nkvm\n\n");

        assertThat(new AccelerationProbe(state, "versions", device).find().kvm())
                .isTrue();
    }

    /** What the machine can do, a guest of a moment says: whatever it is, it is said soon, kept, and explained when it is no. */
    @Test
    void anotherVersionIsProbedAnew() throws Exception {
        Path device = Files.createFile(state.resolve("device"));
        Files.writeString(state.resolve("acceleration"), "older versions\nkvm\n\n");
        Instant before = Instant.now();

        Acceleration found = new AccelerationProbe(state, "versions", device).find();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(found.kvm()
                        || found.note().contains("does not run guests")
                        || found.note().contains("hung"))
                .isTrue();
        assertThat(Files.readString(state.resolve("acceleration"))).startsWith("versions\n" + found.fact() + "\n");
    }
}
