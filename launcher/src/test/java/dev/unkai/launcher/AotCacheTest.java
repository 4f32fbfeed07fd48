package dev.unkai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void layOut() throws Exception {
        jar = Files.writeString(folder.resolve("cloud.jar"), "jar");
    }

    @Test
    void aProgramThatWasNeverRehearsedStartsWithoutACache() throws Exception {
        AotCache.bring(folder.resolve("never-made.aot"), jar);

        assertThat(AotCache.options(jar)).isEmpty();
    }

    @Test
    void theCacheOfABuildIsLaidBesideItsJarAndUsed() throws Exception {
        AotCache.bring(Files.writeString(folder.resolve("cloud-1.aot"), "learnt"), jar);

        assertThat(folder.resolve("cloud.aot")).hasContent("learnt");
        assertThat(AotCache.options(jar)).containsExactly("-XX:AOTCache=" + folder.resolve("cloud.aot"));
    }

    @Test
    void aCacheThatARunningProcessHasMappedIsNotWrittenOver() throws Exception {
        AotCache.bring(Files.writeString(folder.resolve("cloud-1.aot"), "first"), jar);
        AotCache.bring(Files.writeString(folder.resolve("cloud-2.aot"), "second"), jar);

        assertThat(folder.resolve("cloud.aot")).hasContent("first");
    }
}
