package dev.unkai.cloud.forward.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.proof.EventLeaf;
import dev.unkai.cloud.history.HistoryFeed.Fed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SyslogMessageTest {
    /** RFC 5424 section 6, as far as we use it. */
    private static final Pattern GRAMMAR = Pattern.compile(
            "<(\\d{1,3})>1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) "
                    + "(\\[[!#-<>-Z\\\\^-~]{1,32}(?: [!#-<>-Z\\\\^-~]{1,32}=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*\\]) \uFEFF(.*)",
            Pattern.DOTALL);

    private static final Instant RECEIVED = Instant.parse("2026-11-26T07:00:01.234567Z");
    private static final SyslogMessage MESSAGES = new SyslogMessage("cloud.example", 32473);

    private static Fed event(String outcome, String name, String more) {
        return new Fed("5f0c", 7, RECEIVED, """
                {"id":"e1","eventTime":"2026-11-26T07:00:00.123456789Z","action":"create","outcome":"%s",\
                "initiator":{"id":"u1","name":"%s","host":{"address":"198.51.100.7"}},\
                "target":{"id":"t1","typeURI":"compute/server","name":"web"},"observer":{"id":"cloud"}%s}""".formatted(outcome, name, more));
    }

    private static Matcher parsed(byte[] message) {
        Matcher matcher = GRAMMAR.matcher(new String(message, StandardCharsets.UTF_8));
        assertThat(matcher.matches())
                .as(new String(message, StandardCharsets.UTF_8))
                .isTrue();
        return matcher;
    }

    @Test
    void aMessageHasTheFormOfRfc5424AndTheEventByteByByte() {
        Fed event = event("success", "山田", "");
        Matcher parts = parsed(MESSAGES.of(event));

        assertThat(parts.group(1)).as("log audit, informational").isEqualTo("110");
        assertThat(parts.group(2)).as("at most microseconds").isEqualTo("2026-11-26T07:00:00.123456Z");
        assertThat(parts.group(3)).isEqualTo("cloud.example");
        assertThat(parts.group(4)).isEqualTo("unkai");
        assertThat(parts.group(5)).isEqualTo("cloud");
        assertThat(parts.group(6)).isEqualTo("create");
        String hash = HexFormat.of().formatHex(new EventLeaf("5f0c", 7, RECEIVED, event.json()).hash());
        assertThat(parts.group(7))
                .isEqualTo(
                        "[unkai@32473 log=\"5f0c\" place=\"7\" received=\"2026-11-26T07:00:01.234567Z\" hash=\"" + hash
                                + "\" action=\"create\" outcome=\"success\" actor=\"u1\" actorName=\"山田\" address=\"198.51.100.7\""
                                + " target=\"t1\" targetType=\"compute/server\" targetName=\"web\"]");
        assertThat(parts.group(8)).isEqualTo(event.json());
        assertThat(parsed(MESSAGES.of(event("failure", "x", ""))).group(1))
                .as("warning")
                .isEqualTo("108");
        assertThat(parsed(MESSAGES.of(event("pending", "x", ""))).group(1))
                .as("notice")
                .isEqualTo("109");
    }

    @Test
    void whatAValueHoldsCannotEndItNorTheElementNorTheMessage() {
        assertThat(SyslogMessage.escaped("a\"b\\c]d")).isEqualTo("a\\\"b\\\\c\\]d");
        assertThat(SyslogMessage.escaped("one\ntwo\u0000three\u007f\u0085")).isEqualTo("one two three  ");
        assertThat(SyslogMessage.escaped("海".repeat(200))).isEqualTo("海".repeat(128));
        assertThat(SyslogMessage.escaped("😀".repeat(129))).isEqualTo("😀".repeat(128));
        assertThat(SyslogMessage.escaped("\ud800")).as("half a character").isEqualTo("?");
        String forged = "\\\"] [unkai@32473 action=\\\"delete\\\"] <1>1 - - - - - -\\n9 <1>1 - x";
        Matcher parts = parsed(MESSAGES.of(event("success", forged, "")));
        assertThat(parts.group(7)).contains("actorName=\"\\\"\\] [unkai@32473 action=\\\"delete\\\"\\] <1>1");
        assertThat(parts.group(7).split("action=\"create\"", -1)).hasSize(2);
    }

    @Test
    void aFrameIsItsLengthInOctetsASpaceAndTheMessage() {
        byte[] message = "<1>1 海".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(SyslogMessage.framed(message), StandardCharsets.UTF_8))
                .isEqualTo("8 <1>1 海");
    }

    @Test
    void anEventThatIsTooLongComesWithoutItsLongPartsAndSaysSo() {
        Fed longOne = event("success", "x", ",\"attachments\":{\"now\":\"" + "雲".repeat(5_000) + "\"}");
        byte[] message = MESSAGES.of(longOne);
        Matcher parts = parsed(message);

        assertThat(message).hasSizeLessThanOrEqualTo(8_192);
        assertThat(parts.group(7)).contains("shortened=\"true\"").contains("hash=\"" + longOne.hash() + "\"");
        assertThat(JsonMapper.shared().readTree(parts.group(8)).path("id").asString())
                .isEqualTo("e1");
        byte[] strange = MESSAGES.of(event("success", "雲".repeat(5_000), ""));
        assertThat(strange).hasSizeLessThanOrEqualTo(8_192);
        assertThat(parsed(strange).group(8)).isEqualTo("{}");
    }

    @Test
    void whatIsNotPrintableIsNotInTheHeader() {
        Fed strange = new Fed("l", 0, RECEIVED, "{\"action\":\"a b 海" + "x".repeat(40) + "\",\"eventTime\":\"never\"}");
        Matcher parts = parsed(new SyslogMessage("雲.example", 1).of(strange));

        assertThat(parts.group(2)).isEqualTo("2026-11-26T07:00:01.234567Z");
        assertThat(parts.group(3)).isEqualTo("_.example");
        assertThat(parts.group(5)).isEqualTo("-");
        assertThat(parts.group(6)).isEqualTo("a_b__" + "x".repeat(27));
    }

    @Test
    void aTestMessageTellsOfNoEvent() {
        Matcher parts = parsed(MESSAGES.test("test-1", RECEIVED));

        assertThat(parts.group(6)).isEqualTo("test");
        assertThat(parts.group(7)).isEqualTo("[unkai@32473 test=\"true\"]");
    }
}
