package dev.unkai.launcher;

import java.nio.file.Path;

/** Where the certificate comes from by which browsers and clients know the console and the APIs. */
sealed interface Edge {
    /** What the cloud is told of it, below {@code unkai:}. */
    String ofCloud(DataDirectory directory);

    /** From the built-in authority, like those of the processes. */
    record BuiltIn() implements Edge {
        @Override
        public String ofCloud(DataDirectory directory) {
            return "";
        }
    }

    /** From files of the operator's, which are taken over whenever they have changed and are good. */
    record FromFiles(Path certificate, Path key) implements Edge {
        @Override
        public String ofCloud(DataDirectory directory) {
            return """
                      edge:
                        source: "file"
                        origin: "%1$s"
                        certificate: "%2$s"
                        key: "%2$s"
                    """.formatted(certificate, directory.of(GivenFiles.TAKEN));
        }
    }

    /**
     * What was asked for, or was chosen before. What is asked for now is looked at first: throws a Problem where it cannot be used, and then
     * nothing has changed.
     */
    static Edge choose(EdgeOptions wanted, Settings settings, Site site, GivenFiles files) {
        String certificate = wanted.certificate().orElseGet(() -> chosen(settings, "certificate"));
        String key = wanted.key().orElseGet(() -> chosen(settings, "certificate-key"));
        Edge edge = edge(certificate, key, site);
        if (edge instanceof FromFiles given && !wanted.equals(EdgeOptions.UNCHANGED)) {
            files.take(given, site.host());
        }
        wanted.certificate().ifPresent(file -> settings.put("certificate", file));
        wanted.key().ifPresent(file -> settings.put("certificate-key", file));
        return edge;
    }

    /** What was chosen before. */
    static Edge chosen(Settings settings, Site site) {
        return edge(chosen(settings, "certificate"), chosen(settings, "certificate-key"), site);
    }

    private static String chosen(Settings settings, String key) {
        return settings.find(key).orElse(EdgeOptions.OFF);
    }

    private static Edge edge(String certificate, String key, Site site) {
        if (certificate.equals(EdgeOptions.OFF)) {
            return new BuiltIn();
        }
        if (key.equals(EdgeOptions.OFF)) {
            throw new Problem("edge.key");
        }
        if (site.named().isEmpty()) {
            throw new Problem("edge.host", site.host());
        }
        return new FromFiles(Path.of(certificate), Path.of(key));
    }
}
