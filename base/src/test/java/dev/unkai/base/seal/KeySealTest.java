package dev.unkai.base.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySealTest {
    @TempDir
    private Path folder;

    @Test
    void opensWhatItSealedInItsPlaceAndNowhereElse() throws Exception {
        KeySeal seal = KeySeal.at(folder.resolve("a/cloud.key"));
        byte[] sealed = seal.seal("秘密", "webhook/1");

        assertThat(seal.open(sealed, "webhook/1")).isEqualTo("秘密");
        assertThat(seal.seal("秘密", "webhook/1")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> seal.open(sealed, "webhook/2")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> seal.open(new byte[3], "webhook/1")).isInstanceOf(GeneralSecurityException.class);
        sealed[20] ^= 1;
        assertThatThrownBy(() -> seal.open(sealed, "webhook/1")).isInstanceOf(GeneralSecurityException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/cloud.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void processesThatBeginAtOnceHaveOneKey() throws Exception {
        Path file = folder.resolve("cloud.key");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<List<String>>> starts = IntStream.range(0, 8)
                    .<Callable<List<String>>>mapToObj(
                            _ -> () -> KeySeal.at(file).names())
                    .toList();
            List<List<String>> names =
                    threads.invokeAll(starts).stream().map(Future::resultNow).toList();
            assertThat(names).hasSize(8).containsOnly(KeySeal.existing(file).names());
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theFormerKeyOpensButDoesNotSeal() throws Exception {
        Path file = folder.resolve("cloud.key");
        KeySeal before = KeySeal.at(file);
        byte[] old = before.seal("secret", "p");
        Files.move(file, KeySeal.former(file));

        KeySeal after = KeySeal.at(file);
        assertThat(after.open(old, "p")).isEqualTo("secret");
        assertThat(after.names()).hasSize(2).endsWith(before.names().getFirst());
        byte[] fresh = after.seal("secret", "p");
        assertThatThrownBy(() -> before.open(fresh, "p")).isInstanceOf(GeneralSecurityException.class);

        byte[] renewed = after.renewed(old, "p").orElseThrow();
        Files.delete(KeySeal.former(file));
        KeySeal alone = KeySeal.existing(file);
        assertThat(alone.open(renewed, "p")).isEqualTo("secret");
        assertThat(alone.renewed(renewed, "p"))
                .as("what is sealed by the present key stays as it is")
                .isEmpty();
        assertThatThrownBy(() -> alone.renewed(old, "p")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> after.renewed(old, "elsewhere")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aFileThatIsNoKeyIsSaidToBeNone() throws Exception {
        Path file = Files.write(folder.resolve("cloud.key"), new byte[31]);
        assertThatThrownBy(() -> KeySeal.at(file)).hasMessageContaining("does not hold 32 bytes");
    }
}
