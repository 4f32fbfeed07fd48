package dev.unkai.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.gateway.RadiusPacket.Attribute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RadiusPacketTest {
    /** The first request of RFC 2865 section 7.1: user nemo, password arctangent, secret xyzzy5461. */
    private static final byte[] RFC = HexFormat.of()
            .parseHex("010000380f403f9473978057bd83d5cb98f4227a01066e656d6f02120dbe708d93d413ce3196e43f782a0aee"
                    + "0406c0a80110050600000003");

    private static final byte[] SECRET = "xyzzy5461".getBytes(StandardCharsets.UTF_8);

    @Test
    void theExampleOfTheRfcIsRead() {
        RadiusPacket packet = RadiusPacket.read(RFC, RFC.length).orElseThrow();

        assertThat(packet.code()).isEqualTo(RadiusPacket.ACCESS_REQUEST);
        assertThat(packet.text(RadiusPacket.USER_NAME)).contains("nemo");
        assertThat(packet.password(SECRET)).contains("arctangent");
        assertThat(packet.password("another".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(packet.password(SECRET));
    }

    @Test
    void whatIsCutShortOrLiesAboutItsLengthIsNoPacket() {
        for (int length = 0; length < RFC.length; length++) {
            assertThat(RadiusPacket.read(RFC, length)).isEmpty();
        }
        byte[] overlong = RFC.clone();
        overlong[21] = (byte) 200; // the first attribute's length
        assertThat(RadiusPacket.read(overlong, overlong.length)).isEmpty();
        byte[] empty = RFC.clone();
        empty[21] = 1;
        assertThat(RadiusPacket.read(empty, empty.length)).isEmpty();
    }

    @Test
    void anAnswerIsSignedForItsRequest() throws Exception {
        RadiusPacket request = RadiusPacket.read(RFC, RFC.length).orElseThrow();
        byte[] answer = request.answer(
                RadiusPacket.ACCESS_ACCEPT,
                List.of(new Attribute(RadiusPacket.FRAMED_IP_ADDRESS, new byte[] {(byte) 203, 0, 113, 5})),
                SECRET);

        RadiusPacket read = RadiusPacket.read(answer, answer.length).orElseThrow();
        assertThat(read.code()).isEqualTo(RadiusPacket.ACCESS_ACCEPT);
        assertThat(read.value(RadiusPacket.FRAMED_IP_ADDRESS)).contains(new byte[] {(byte) 203, 0, 113, 5});
        // RFC 2865 section 3: MD5(Code+ID+Length+RequestAuth+Attributes+Secret)
        byte[] signed = answer.clone();
        System.arraycopy(request.authenticator(), 0, signed, 4, 16);
        java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
        md5.update(signed);
        assertThat(read.authenticator()).isEqualTo(md5.digest(SECRET));
        // RFC 2869 section 5.14, over the request's authenticator and with itself as zeros
        byte[] unsigned = signed.clone();
        java.util.Arrays.fill(unsigned, 22, 38, (byte) 0);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacMD5");
        mac.init(new javax.crypto.spec.SecretKeySpec(SECRET, "HmacMD5"));
        assertThat(read.value(RadiusPacket.MESSAGE_AUTHENTICATOR)).contains(mac.doFinal(unsigned));
    }

    @Test
    void aSentenceIsCutBetweenCharacters() {
        byte[] fitted = RadiusServer.fitted("あ".repeat(100));

        assertThat(fitted).hasSize(252);
        assertThat(new String(fitted, StandardCharsets.UTF_8)).isEqualTo("あ".repeat(84));
    }

    @Test
    void onlyRootsProcessesAreHeard(@TempDir Path folder) throws Exception {
        Path table = folder.resolve("udp");
        Files.writeString(table, """
                   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                  331: 0100007F:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 100 2 00000000 0
                  332: 0100007F:1F91 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 101 2 00000000 0
                """);

        assertThat(SenderCheck.trusts(at("127.0.0.1", 0x1f90), table)).isTrue();
        assertThat(SenderCheck.trusts(at("127.0.0.1", 0x1f91), table)).isFalse();
        assertThat(SenderCheck.trusts(at("127.0.0.1", 0x1f92), table)).isFalse();
        assertThat(SenderCheck.trusts(at("203.0.113.9", 0x1f90), table)).isFalse();
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
