package dev.unkai.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ./unkai node …} asks for.
 *
 * @param cloud address of the service, {@code https://…}; with token and authority given the machine enrols
 * @param authority {@code sha256:} and 64 hexadecimal digits, the fingerprint of the service's authority
 * @param address by which other hosts reach this machine; absent: that by which it reaches the service
 * @param limits lines of the node's file: what of this machine guests may have
 */
record NodeOptions(
        Action action,
        Path data,
        Optional<String> cloud,
        Optional<String> token,
        Optional<String> authority,
        Optional<String> name,
        Optional<String> zone,
        Optional<String> address,
        List<String> limits) {
    enum Action {
        TOKEN,
        JOIN,
        LEAVE
    }

    private static final Map<String, String> FORMS = Map.of(
            "--cloud", "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?",
            "--token", "[A-Za-z0-9_-]{10,100}",
            "--authority", "sha256:[0-9a-f]{64}",
            "--name", "[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?",
            "--zone", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
            "--address", "[0-9]{1,3}([.][0-9]{1,3}){3}",
            "--vcpus", "[1-9][0-9]{0,3}",
            "--memory", "[1-9][0-9]{2,8}",
            "--disk", "[1-9][0-9]{0,6}",
            "--data", ".+");
    private static final Map<String, String> LIMITS =
            Map.of("--vcpus", "host.vcpus", "--memory", "host.memory.mib", "--disk", "host.disk.gib");

    static NodeOptions parse(List<String> arguments) {
        Iterator<String> rest = arguments.iterator();
        Action action = switch (rest.hasNext() ? rest.next() : "") {
            case "token" -> Action.TOKEN;
            case "join" -> Action.JOIN;
            case "leave" -> Action.LEAVE;
            default -> throw new Problem("node.usage");
        };
        Map<String, String> given = new LinkedHashMap<>();
        while (rest.hasNext()) {
            String option = rest.next();
            String form = FORMS.get(option);
            if (form == null || action != Action.JOIN && !option.equals("--data")) {
                throw new Problem("option.unknown", option);
            }
            if (!rest.hasNext()) {
                throw new Problem("option.value", option);
            }
            String value = rest.next();
            if (!value.matches(form)) {
                throw new Problem("option.form", option, value);
            }
            given.put(option, value);
        }
        List<String> limits = new ArrayList<>();
        LIMITS.keySet().stream()
                .sorted()
                .filter(given::containsKey)
                .forEach(option -> limits.add(LIMITS.get(option) + "=" + given.get(option)));
        return new NodeOptions(
                action,
                Path.of(given.getOrDefault("--data", "/var/lib/unkai")),
                Optional.ofNullable(given.get("--cloud")).map(url -> url.replaceFirst("/$", "")),
                Optional.ofNullable(given.get("--token")),
                Optional.ofNullable(given.get("--authority")),
                Optional.ofNullable(given.get("--name")),
                Optional.ofNullable(given.get("--zone")),
                Optional.ofNullable(given.get("--address")),
                List.copyOf(limits));
    }
}
