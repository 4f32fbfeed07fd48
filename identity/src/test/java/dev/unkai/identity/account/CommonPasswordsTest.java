package dev.unkai.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
    private static final List<String> OWN = List.of("hoshizora", "kumo-shoji", "h.tanabe@kumo.example");
    private final CommonPasswords common = CommonPasswords.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "Password2026!",
                "P@ssw0rd12345",
                "1234567890123",
                "qwertyuiop123",
                "1q2w3e4r5t6y",
                "zaq12wsxcde3",
                "aaaaaaaaaaaa",
                "abcabcabcabc",
                "xkqzxkqzxkqz",
                "iloveyou12345",
                "letmein-2025-!",
                "Welcome12345!",
                "sakurasakura1",
                "Dragon-12345678",
                "Hoshizora2026",
                "kumo-shoji-123",
                "h.tanabe@kumo.example",
                "adminadminadmin",
                "12/31/1999 0000"
            })
    void whatGuessersTryFirstIsWeak(String password) {
        assertThat(common.isWeak(password, OWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seven unlikely gnomes",
                "correct lantern bicycle soup",
                "雲の上はいつも晴れているよ",
                "vK7#qpZ2m!tR",
                "T4xq-9Lmv-Rb2c",
                "nOtMyDogsName&Yours",
                "dragon silver rabbit coffee",
                "483925174635"
            })
    void whatTheyDoNotIsNot(String password) {
        assertThat(common.isWeak(password, OWN)).isFalse();
    }

    @Test
    void theListHasThousandsOfLines() {
        assertThat(common.size()).isGreaterThan(4_000);
    }
}
