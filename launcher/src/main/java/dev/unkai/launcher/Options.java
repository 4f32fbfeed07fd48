package dev.unkai.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param host name or address under which browsers and clients reach this machine; absent: what it was, at first 127.0.0.1
 * @param clouds how many cloud processes share the work; absent: what it was, at first one
 * @param masquerade whether guests go out under this machine's own address; absent: what it was, at first not
 * @param vpn where the SSL-VPN is to be; absent: as it was, at first nowhere
 * @param edge where the certificate of the console comes from; absent: as it was, at first the built-in authority
 * @param port first of six consecutive TCP ports; absent: what it was, at first 8443
 */
record Options(
        Action command,
        Path data,
        Optional<String> host,
        Optional<Integer> port,
        boolean detach,
        boolean samples,
        boolean keepGuests,
        Optional<Integer> clouds,
        Optional<Boolean> masquerade,
        VpnOptions vpn,
        EdgeOptions edge) {
    enum Action {
        UP,
        DOWN
    }

    static Options parse(List<String> arguments) {
        Iterator<String> rest = arguments.iterator();
        Action command = switch (rest.hasNext() ? rest.next() : "") {
            case "up" -> Action.UP;
            case "down" -> Action.DOWN;
            default -> throw new Problem("usage");
        };
        Path data = Path.of("/var/lib/unkai");
        Optional<String> host = Optional.empty();
        Optional<Integer> port = Optional.empty();
        boolean detach = false;
        boolean samples = true;
        boolean keepGuests = false;
        Optional<Integer> clouds = Optional.empty();
        Optional<Boolean> masquerade = Optional.empty();
        VpnOptions vpn = VpnOptions.UNCHANGED;
        EdgeOptions edge = EdgeOptions.UNCHANGED;
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--data" -> data = Path.of(value(option, rest));
                case "--host" -> host = Optional.of(hostName(value(option, rest)));
                case "--port" -> port = Optional.of(portNumber(value(option, rest)));
                case "--detach" -> detach = true;
                case "--no-samples" -> samples = false;
                case "--clouds" -> clouds = Optional.of(cloudCount(value(option, rest)));
                case "--masquerade" -> masquerade = Optional.of(onOrOff(option, value(option, rest)));
                case "--vpn" -> vpn = vpn.at(value(option, rest));
                case "--vpn-pool" -> vpn = vpn.from(value(option, rest));
                case "--keep-guests" -> keepGuests = true;
                default -> {
                    EdgeOptions.Word word =
                            EdgeOptions.Word.of(option).orElseThrow(() -> new Problem("option.unknown", option));
                    edge = edge.with(word, value(option, rest));
                }
            }
        }
        return new Options(command, data, host, port, detach, samples, keepGuests, clouds, masquerade, vpn, edge);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Problem("option.value", option);
        }
        return rest.next();
    }

    private static String hostName(String text) {
        if (!text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
            throw new Problem("option.host", text);
        }
        return text;
    }

    private static boolean onOrOff(String option, String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new Problem("option.form", option, text);
        };
    }

    private static int cloudCount(String text) {
        if (!text.matches("[1-" + Ports.MOST_CLOUDS + "]")) {
            throw new Problem("option.form", "--clouds", text);
        }
        return Integer.parseInt(text);
    }

    static int portNumber(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_530) {
            throw new Problem("option.port", text);
        }
        return Integer.parseInt(text);
    }
}
