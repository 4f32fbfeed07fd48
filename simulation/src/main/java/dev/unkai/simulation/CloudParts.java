package dev.unkai.simulation;

import dev.unkai.cloud.hosts.link.HostDoor;
import dev.unkai.cloud.network.domain.Macs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** The parts of the cloud process that are simulated: all but what speaks HTTP, gRPC or OVSDB. */
final class CloudParts {
    private static final List<String> MODULES = List.of(
            "dev.unkai.cloud.compute",
            "dev.unkai.cloud.network",
            "dev.unkai.cloud.image",
            "dev.unkai.cloud.placement",
            "dev.unkai.cloud.hosts");

    /** HTTP and OVSDB; what is set up once at a first start; what is configured. */
    private static final Pattern LEFT_OUT =
            Pattern.compile(".*\\.(api|ovn)\\..*|.*\\.(ExternalNetworkSeed|SeedImages|ImageFiles|ImageLimits)");

    private static final List<Class<?>> ALL = scan();

    private CloudParts() {}

    /** Component classes; a part that a module gains later is among them. */
    static List<Class<?>> all() {
        return ALL;
    }

    private static List<Class<?>> scan() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(true);
        scanner.addExcludeFilter(new RegexPatternTypeFilter(LEFT_OUT));
        List<Class<?>> parts = new ArrayList<>();
        for (String module : MODULES) {
            scanner.findCandidateComponents(module).stream()
                    .map(BeanDefinition::getBeanClassName)
                    .sorted()
                    .map(CloudParts::load)
                    .filter(part -> !HostDoor.replaces(part)
                            && part != Macs.class
                            && !WebSocketConfigurer.class.isAssignableFrom(part))
                    .forEach(parts::add);
        }
        return parts;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
