package dev.unkai.cloud.network.domain;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Hardware addresses of ports. */
@Component
public class Macs {
    private static final int ATTEMPT_SPACE = 1 << 24;

    private final SecureRandom random = new SecureRandom();

    /** A fresh address below fa:16:3e, the prefix that guests' operating systems know from other clouds. */
    public String next() {
        int number = random.nextInt(ATTEMPT_SPACE);
        return String.format(Locale.ROOT, "fa:16:3e:%02x:%02x:%02x", number >>> 16, number >>> 8 & 255, number & 255);
    }

    /** The address that a guest with this MAC gives itself in the prefix (modified EUI-64, RFC 4291 appendix A). */
    public static Ip autoAddress(Prefix prefix, String mac) {
        long bits = Long.parseLong(mac.replace(":", ""), 16);
        long high = (bits >>> 24) ^ 0x020000L;
        BigInteger interfaceId = BigInteger.valueOf(high)
                .shiftLeft(40)
                .or(BigInteger.valueOf(0xfffeL).shiftLeft(24))
                .or(BigInteger.valueOf(bits & 0xffffffL));
        return new Ip(6, prefix.first().value().or(interfaceId));
    }
}
