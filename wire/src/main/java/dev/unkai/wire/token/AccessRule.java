package dev.unkai.wire.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of request that a token may be used for, when it is limited to some (Identity v3, access rules of application
 * credentials).
 *
 * @param service the type in the catalog: compute, network, image, …
 * @param method of HTTP, in capitals
 * @param path below the service's endpoint; {@code *} and <code>{name}</code> stand for one segment, {@code **} for any number
 */
public record AccessRule(String service, String method, String path) {
    private static final Pattern PIECE = Pattern.compile("\\{[^}/]*\\}|\\*\\*|\\*|[^{*]+|\\{");
    /** What could make a path mean something else to a later reader than to this one. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|;|(?:^|/)\\.{1,2}(?:/|$)|%2[eEfF]|%5[cC]");

    /** Whether the request is of this kind; the path as it was sent, without its query. */
    public boolean permits(String askedService, String askedMethod, String askedPath) {
        return service.equals(askedService)
                && method.equals(askedMethod)
                && !AMBIGUOUS.matcher(askedPath).find()
                && pattern().matcher(askedPath).matches();
    }

    private Pattern pattern() {
        StringBuilder regex = new StringBuilder();
        Matcher pieces = PIECE.matcher(path);
        while (pieces.find()) {
            String piece = pieces.group();
            if (piece.equals("**")) {
                regex.append(".*");
            } else if (piece.equals("*") || (piece.startsWith("{") && piece.endsWith("}"))) {
                regex.append("[^/]+");
            } else {
                regex.append(Pattern.quote(piece));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** As tokens carry it: one line, which a path cannot break since it holds no blank. */
    String line() {
        return service + " " + method + " " + path;
    }

    static Optional<AccessRule> ofLine(String line) {
        String[] words = line.split(" ", 3);
        return words.length == 3 ? Optional.of(new AccessRule(words[0], words[1], words[2])) : Optional.empty();
    }
}
