package dev.unkai.identity.factor;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/** Base32 (RFC 4648, section 6), the form in which seeds of one-time passwords are written. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    /** Without padding, as authenticator programs want it. */
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte each : bytes) {
            buffer = (buffer << Byte.SIZE) | (each & 0xFF);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt((buffer >> held) & 31));
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS - held)) & 31));
        }
        return text.toString();
    }

    /** Takes small letters, blanks between groups and padding as well; empty when it is not Base32. */
    static Optional<byte[]> decode(String text) {
        String plain = text.replace(" ", "").replaceAll("=+$", "").toUpperCase(Locale.ROOT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int held = 0;
        for (int at = 0; at < plain.length(); at++) {
            int value = ALPHABET.indexOf(plain.charAt(at));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = (buffer << BITS) | value;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes.write(buffer >> held);
            }
        }
        return Optional.of(bytes.toByteArray());
    }
}
