package dev.unkai.launcher;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the command line asks of the public certificate; absent: as it was, at first the built-in authority's.
 *
 * @param certificate file in PEM with the certificate and its chain, or {@code off}
 * @param key file in PEM with its key
 */
record EdgeOptions(Optional<String> certificate, Optional<String> key) {
    static final EdgeOptions UNCHANGED = new EdgeOptions(Optional.empty(), Optional.empty());
    static final String OFF = "off";

    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9._/@+=-]{1,300}");

    EdgeOptions from(String file) {
        return new EdgeOptions(Optional.of(file.equals(OFF) ? OFF : matching(FILE, "--certificate", file)), key);
    }

    EdgeOptions keyFrom(String file) {
        return new EdgeOptions(certificate, Optional.of(matching(FILE, "--certificate-key", file)));
    }

    private static String matching(Pattern form, String option, String value) {
        if (!form.matcher(value).matches()) {
            throw new Problem("option.form", option, value);
        }
        return value;
    }
}
