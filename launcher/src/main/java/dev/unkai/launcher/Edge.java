package dev.unkai.launcher;

import dev.unkai.launcher.EdgeOptions.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the certificate comes from by which browsers and clients know the console and the APIs. */
sealed interface Edge permits Edge.BuiltIn, Edge.FromFiles, Acme {
    /** What the cloud is told of it, below {@code unkai:}. @param number which of the cloud processes, from 1 */
    String ofCloud(DataDirectory directory, int number);

    /** From the built-in authority, like those of the processes. */
    record BuiltIn() implements Edge {
        @Override
        public String ofCloud(DataDirectory directory, int number) {
            return "";
        }
    }

    /** From files of the operator's, which are taken over whenever they have changed and are good. */
    record FromFiles(Path certificate, Path key) implements Edge {
        @Override
        public String ofCloud(DataDirectory directory, int number) {
            return shown("file", certificate.toString(), directory.of(GivenFiles.TAKEN));
        }
    }

    /** @param file with the chain and the key */
    static String shown(String source, String origin, Path file) {
        return """
                  edge:
                    source: "%1$s"
                    origin: "%2$s"
                    certificate: "%3$s"
                    key: "%3$s"
                """.formatted(source, origin, file);
    }

    /**
     * What was asked for, or was chosen before. What is asked for now is looked at first: throws a Problem where it cannot be used, and then
     * nothing has changed.
     */
    static Edge choose(EdgeOptions wanted, Settings settings, Site site, GivenFiles files) {
        Edge edge = edge(wanted, settings, site);
        if (edge instanceof FromFiles given && !wanted.equals(EdgeOptions.UNCHANGED)) {
            files.take(given, site.host());
        }
        wanted.keep(settings);
        return edge;
    }

    /** What was chosen before. */
    static Edge chosen(Settings settings, Site site) {
        return edge(EdgeOptions.UNCHANGED, settings, site);
    }

    private static Edge edge(EdgeOptions wanted, Settings settings, Site site) {
        Optional<String> certificate =
                wanted.value(Word.CERTIFICATE, settings).filter(file -> !file.equals(EdgeOptions.OFF));
        Optional<String> server = wanted.value(Word.ACME, settings).filter(url -> !url.equals(EdgeOptions.OFF));
        if (certificate.isEmpty() && server.isEmpty()) {
            return new BuiltIn();
        }
        if (certificate.isPresent() && server.isPresent()) {
            throw new Problem("edge.both");
        }
        String name = site.named().orElseThrow(() -> new Problem("edge.host", site.host()));
        if (certificate.isPresent()) {
            String key = wanted.value(Word.KEY, settings).orElseThrow(() -> new Problem("edge.key"));
            return new FromFiles(Path.of(certificate.get()), Path.of(key));
        }
        return Acme.of(server.orElseThrow(), wanted, settings, name, site.listenAddress());
    }

    /** The names of a comma-separated list. */
    static List<String> list(String names) {
        return List.of(names.split(",", -1));
    }
}
