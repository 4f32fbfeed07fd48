package dev.unkai.identity.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2idTest {
    /** From the test suite of the reference implementation (P-H-C/phc-winner-argon2, test.c, argon2id v=19). */
    @Test
    void givesTheReferenceImplementationsHash() {
        byte[] hash = new Argon2id(65_536, 2).hash(bytes("password"), bytes("somesalt"), 32);

        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void agreesWithBouncyCastleForAllSizesPassesAndTexts() {
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            int memory = 8 + 4 * random.nextInt(300);
            int passes = 1 + random.nextInt(4);
            int length = 4 + random.nextInt(200);
            byte[] password = new byte[random.nextInt(300)];
            byte[] salt = new byte[8 + random.nextInt(40)];
            random.nextBytes(password);
            random.nextBytes(salt);

            assertThat(new Argon2id(memory, passes).hash(password.clone(), salt, length))
                    .as("m=%d t=%d length=%d", memory, passes, length)
                    .isEqualTo(bouncyCastle(memory, passes, password, salt, length));
        }
    }

    @Test
    void wipesThePasswordItWasGiven() {
        byte[] password = bytes("secret");

        new Argon2id(8, 1).hash(password, bytes("some-salt"), 32);

        assertThat(password).containsOnly(0);
    }

    @Test
    void aPasswordMatchesItsHashAndNoOther() {
        PasswordHash hashes = new PasswordHash(2);
        String hash = hashes.hash("correct horse 雲海");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hashes.matches("correct horse 雲海", hash)).isTrue();
        assertThat(hashes.matches("correct horse 雲", hash)).isFalse();
        assertThat(hashes.matches("nobody", null)).isFalse();
    }

    private static byte[] bouncyCastle(int memory, int passes, byte[] password, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] out = new byte[length];
        generator.generateBytes(password, out);
        return out;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
