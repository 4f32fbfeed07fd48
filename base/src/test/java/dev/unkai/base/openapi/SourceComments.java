package dev.unkai.base.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments of classes, records and methods, read from the sources: the description of the API says what the code says. */
final class SourceComments {
    private static final List<String> MODULES = List.of("base", "wire", "web", "identity", "cloud");
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern ANNOTATION =
            Pattern.compile("\\s*@(?!interface)[\\w.]+(\\s*\\((?:[^()\"]|\"(?:[^\"\\\\]|\\\\.)*\"|\\([^()]*\\))*\\))?");
    private static final Pattern DECLARED = Pattern.compile(
            "\\s*(?:(?:public|protected|private|static|final|abstract|sealed|synchronized)\\s+)*(?:(?:record|enum|class|interface)\\s+(?<type>\\w+)|[\\w.<>\\[\\]?,@ ]+?\\s+(?<method>\\w+)\\s*\\()");

    /** What a comment says: the text, and what it says of parameters or components. */
    record Comment(String text, Map<String, String> parts) {
        static final Comment NONE = new Comment("", Map.of());

        String of(String part) {
            return parts.getOrDefault(part, "");
        }

        /** The first sentence, without its full stop. */
        String summary() {
            Matcher end = Pattern.compile("[.;:](?= |$)").matcher(text);
            String first = end.find() ? text.substring(0, end.start()) : text;
            return first.length() <= 120 && !first.startsWith("`") ? first : "";
        }
    }

    private final Map<Class<?>, Map<String, Comment>> read = new HashMap<>();

    Comment of(Class<?> type) {
        return file(type).getOrDefault("type " + type.getSimpleName(), Comment.NONE);
    }

    Comment of(Class<?> type, String method) {
        return file(type).getOrDefault("method " + method, Comment.NONE);
    }

    private Map<String, Comment> file(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return read.computeIfAbsent(outer, SourceComments::parse);
    }

    private static Map<String, Comment> parse(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".java";
        Map<String, Comment> found = new HashMap<>();
        for (String module : MODULES) {
            Path source = Path.of("..", module, "src", "main", "java").resolve(file);
            if (Files.exists(source)) {
                parse(text(source), found);
            }
        }
        return found;
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void parse(String source, Map<String, Comment> found) {
        Matcher comment = COMMENT.matcher(source);
        while (comment.find()) {
            int at = comment.end();
            Matcher annotation = ANNOTATION.matcher(source);
            while (annotation.region(at, source.length()).lookingAt()) {
                at = annotation.end();
            }
            Matcher declared = DECLARED.matcher(source).region(at, source.length());
            if (declared.lookingAt()) {
                String key = declared.group("type") != null
                        ? "type " + declared.group("type")
                        : "method " + declared.group("method");
                found.putIfAbsent(key, read(comment.group(1)));
            }
        }
    }

    private static Comment read(String raw) {
        String text = raw.replaceAll("(?m)^\\s*\\*? ?", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*(?:\\{[^}]*}[^}]*)*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                .replaceAll("\\s*\\((?:see )?dev\\.unkai[^)]*\\)", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .strip();
        String[] pieces = text.split("(?:^| )@(?=param |return |throws )");
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 1; i < pieces.length; i++) {
            Matcher part = Pattern.compile("param (\\w+) (.*)", Pattern.DOTALL).matcher(pieces[i].strip());
            if (part.matches()) {
                parts.put(part.group(1), capital(part.group(2)));
            }
        }
        return new Comment(capital(pieces[0].strip()), parts);
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
