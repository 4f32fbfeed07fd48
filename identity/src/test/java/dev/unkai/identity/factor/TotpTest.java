package dev.unkai.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA-1; of its eight digits the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void theVectorsOfTheStandardHold(long second, String code) {
        assertThat(Totp.code(SEED, Totp.stepAt(Instant.ofEpochSecond(second)))).isEqualTo(code);
    }

    @Test
    void aCodeOfTheStepBeforeOrAfterIsTakenAndNoOther() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long present = Totp.stepAt(now);
        for (long step = present - 3; step <= present + 3; step++) {
            var found = Totp.stepOf(SEED, Totp.code(SEED, step), now);
            assertThat(found.isPresent()).as("%d steps away", step - present).isEqualTo(Math.abs(step - present) <= 1);
            assertThat(found.orElse(step)).isEqualTo(step);
        }
        assertThat(Totp.stepOf(SEED, "", now)).isEmpty();
        assertThat(Totp.stepOf(SEED, "0050471", now)).isEmpty();
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsWrittenAndReadAsTheStandardHasIt(String plain, String text) {
        byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
        assertThat(Base32.encode(bytes)).isEqualTo(text);
        assertThat(Base32.decode(text + "=".repeat((8 - text.length() % 8) % 8)))
                .hasValue(bytes);
        assertThat(Base32.decode(text.toLowerCase(java.util.Locale.ROOT))).hasValue(bytes);
    }

    @Test
    void aSeedIsLongAndWrittenInBase32() {
        assertThat(Totp.seed("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")).isEqualTo(SEED);
        for (String bad : List.of("", "GEZDGNBV", "not base32 at all, although it is long enough", "1".repeat(40))) {
            assertThatThrownBy(() -> Totp.seed(bad)).isInstanceOf(Refusal.class).hasMessageContaining("Base32");
        }
    }

    @Test
    void theSettingIsReadAndAnythingElseStopsTheStart() {
        assertThat(FactorSetting.parse("enrolled").roles()).isEmpty();
        assertThat(FactorSetting.parse("required-for-roles admin, manager").roles())
                .containsExactly("admin", "manager");
        for (String bad : List.of("", "optional", "required-for-roles", "enrolled admin")) {
            assertThatThrownBy(() -> FactorSetting.parse(bad)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theQrCodeIsAPictureOfSquares() {
        String svg = QrCode.svg("otpauth://totp/Unkai:master?secret=GEZDGNBVGY3TQOJQ");
        assertThat(svg).startsWith("<svg xmlns=").contains("viewBox=\"0 0 ").endsWith("</svg>");
        assertThat(svg.split("h1v1h-1z")).hasSizeGreaterThan(200);
    }
}
