package dev.unkai.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One RADIUS packet (RFC 2865 section 3).
 *
 * @param authenticator the 16 octets that a request brings, by which its password is hidden and its answer is signed
 * @param attributes in their order
 */
record RadiusPacket(int code, int identifier, byte[] authenticator, List<Attribute> attributes) {
    static final int ACCESS_REQUEST = 1;
    static final int ACCESS_ACCEPT = 2;
    static final int ACCESS_REJECT = 3;
    static final int ACCESS_CHALLENGE = 11;

    static final int USER_NAME = 1;
    static final int USER_PASSWORD = 2;
    static final int FRAMED_IP_ADDRESS = 8;
    static final int REPLY_MESSAGE = 18;
    static final int STATE = 24;
    static final int CALLING_STATION_ID = 31;
    static final int CONNECT_INFO = 77;
    /** RFC 2869 section 5.14. */
    static final int MESSAGE_AUTHENTICATOR = 80;

    /** The most that an attribute holds. */
    static final int LONGEST_VALUE = 253;

    private static final int HEADER = 20;
    private static final int BLOCK = 16;

    record Attribute(int type, byte[] value) {}

    /** Reads a datagram; empty when it is no RADIUS packet. */
    static Optional<RadiusPacket> read(byte[] data, int received) {
        if (received < HEADER) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(data, 0, received);
        int code = buffer.get() & 0xff;
        int identifier = buffer.get() & 0xff;
        int length = buffer.getShort() & 0xffff;
        if (length < HEADER || length > received) {
            return Optional.empty();
        }
        buffer.limit(length);
        byte[] authenticator = new byte[BLOCK];
        buffer.get(authenticator);
        List<Attribute> attributes = new ArrayList<>();
        while (buffer.hasRemaining()) {
            if (buffer.remaining() < 2) {
                return Optional.empty();
            }
            int type = buffer.get() & 0xff;
            int size = (buffer.get() & 0xff) - 2;
            if (size < 0 || size > buffer.remaining()) {
                return Optional.empty();
            }
            byte[] value = new byte[size];
            buffer.get(value);
            attributes.add(new Attribute(type, value));
        }
        return Optional.of(new RadiusPacket(code, identifier, authenticator, List.copyOf(attributes)));
    }

    Optional<byte[]> value(int type) {
        return attributes.stream()
                .filter(attribute -> attribute.type() == type)
                .map(Attribute::value)
                .findFirst();
    }

    Optional<String> text(int type) {
        return value(type).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The password in the clear (section 5.2); empty when there is none of a possible length. */
    Optional<String> password(byte[] secret) {
        Optional<byte[]> hidden = value(USER_PASSWORD);
        if (hidden.isEmpty() || hidden.get().length == 0 || hidden.get().length % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] text = hidden.get();
        byte[] plain = new byte[text.length];
        byte[] before = authenticator;
        for (int start = 0; start < text.length; start += BLOCK) {
            byte[] mask = md5(secret, before);
            for (int i = 0; i < BLOCK; i++) {
                plain[start + i] = (byte) (text[start + i] ^ mask[i]);
            }
            before = Arrays.copyOfRange(text, start, start + BLOCK);
        }
        int end = plain.length;
        while (end > 0 && plain[end - 1] == 0) {
            end--;
        }
        return Optional.of(new String(plain, 0, end, StandardCharsets.UTF_8));
    }

    /**
     * The octets of the answer to this request, signed for it (section 3, Response Authenticator) and, first of all, by a Message-Authenticator
     * (RFC 2869 section 5.14).
     */
    byte[] answer(int answerCode, List<Attribute> answered, byte[] secret) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(MESSAGE_AUTHENTICATOR);
        body.write(BLOCK + 2);
        body.writeBytes(new byte[BLOCK]);
        for (Attribute attribute : answered) {
            body.write(attribute.type());
            body.write(attribute.value().length + 2);
            body.writeBytes(attribute.value());
        }
        byte[] attributeOctets = body.toByteArray();
        ByteBuffer packet = ByteBuffer.allocate(HEADER + attributeOctets.length);
        packet.put((byte) answerCode)
                .put((byte) identifier)
                .putShort((short) packet.capacity())
                .put(authenticator)
                .put(attributeOctets);
        packet.put(HEADER + 2, hmac(secret, packet.array()));
        packet.put(4, md5(packet.array(), secret));
        return packet.array();
    }

    /** Tells a repeated packet from a new one (RFC 5080 section 2.2.2). */
    String fingerprint() {
        return identifier + " " + HexFormat.of().formatHex(authenticator);
    }

    private static byte[] md5(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] secret, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(secret, "HmacMD5"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
