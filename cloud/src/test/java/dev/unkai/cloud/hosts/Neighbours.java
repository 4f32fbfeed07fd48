package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.cloud.image.Snapshots;
import dev.unkai.cloud.network.Ports;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;

/** The neighbouring modules as these tests need them: one image with given bytes, one to rescue from, and servers without ports. */
final class Neighbours {
    /** An image that nothing boots from. */
    static final UUID RESCUE_IMAGE = UUID.fromString("00000000-0000-4000-8000-000000000911");

    private Neighbours() {}

    static Images images(UUID id, byte[] content) {
        return standIn(Images.class, call -> switch (call.getMethod().getName()) {
            case "forBoot" -> {
                UUID asked = (UUID) call.getArguments()[1];
                if (!asked.equals(id) && !asked.equals(RESCUE_IMAGE)) {
                    throw Refusal.notFound("Image " + asked + " could not be found.");
                }
                yield new BootImage(asked, "tiny", content.length, 1 << 20, 0, 0, "qcow2", "00", Map.of());
            }
            case "open" -> {
                int offset = Math.toIntExact((Long) call.getArguments()[1]);
                yield new ByteArrayInputStream(content, offset, content.length - offset);
            }
            default -> throw new UnsupportedOperationException(call.getMethod().getName());
        });
    }

    /** No server of these tests is made an image of. */
    static Snapshots snapshots() {
        return standIn(Snapshots.class, call -> {
            throw new UnsupportedOperationException(call.getMethod().getName());
        });
    }

    static Ports ports() {
        return standIn(Ports.class, call -> switch (call.getMethod().getName()) {
            case "of" -> List.of();
            case "networking" -> Map.of();
            case "bind", "release" -> null;
            default -> throw new UnsupportedOperationException(call.getMethod().getName());
        });
    }

    private static <T> T standIn(Class<T> type, MethodInterceptor calls) {
        ProxyFactory factory = new ProxyFactory();
        factory.setTargetClass(type);
        factory.setProxyTargetClass(true);
        factory.addAdvice(calls);
        return type.cast(factory.getProxy());
    }
}
