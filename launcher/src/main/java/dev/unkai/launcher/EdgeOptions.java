package dev.unkai.launcher;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the command line asks of the public certificate; what is absent is as it was, at first the built-in authority's. */
record EdgeOptions(Map<Word, String> asked) {
    static final EdgeOptions UNCHANGED = new EdgeOptions(Map.of());
    static final String OFF = "off";

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String NAME = LABEL + "(?:\\." + LABEL + ")+";
    private static final String FILE = "/[A-Za-z0-9._/@+=-]{1,300}";

    /** One option; under its name without the dashes the choice is kept. */
    enum Word {
        /** file in PEM with the certificate and its chain, or {@code off} */
        CERTIFICATE("--certificate", OFF + "|" + FILE),
        /** file in PEM with its key */
        KEY("--certificate-key", FILE),
        /** URL of an ACME server's directory, or {@code off} */
        ACME("--acme", OFF + "|https://[^\\s\"'\\\\]{1,300}"),
        /** that the provider agrees to the server's terms of service */
        TERMS("--acme-terms", "agreed"),
        /** mail address that the server may write to */
        CONTACT("--acme-contact", "[^@\\s\"'\\\\]{1,64}@[^@\\s\"'\\\\]{1,190}"),
        /** what the certificate is for, comma-separated; at first the site's name */
        NAMES("--acme-names", NAME + "(?:," + NAME + ")*"),
        /** file in PEM with the authority of the server itself; at first those that Java trusts */
        AUTHORITY("--acme-authority", FILE),
        /** where the server's questions are answered */
        PORT("--acme-port", "[1-9][0-9]{0,4}"),
        /** id of the account at the server's operator that ours is to belong to, or {@code off} */
        BINDING("--acme-binding", "[A-Za-z0-9._~+/=-]{1,200}"),
        /** file with that account's key (base64url) */
        BINDING_KEY("--acme-binding-key", FILE);

        private final String option;
        private final Pattern form;

        Word(String option, String form) {
            this.option = option;
            this.form = Pattern.compile(form);
        }

        static Optional<Word> of(String option) {
            for (Word word : values()) {
                if (word.option.equals(option)) {
                    return Optional.of(word);
                }
            }
            return Optional.empty();
        }

        /** As it is kept in the settings. */
        String setting() {
            return option.substring(2);
        }
    }

    /** Throws a Problem for a value that cannot be. */
    EdgeOptions with(Word word, String value) {
        if (!word.form.matcher(value).matches() || word == Word.PORT && Integer.parseInt(value) > 65_535) {
            throw new Problem("option.form", word.option, value);
        }
        Map<Word, String> more = new EnumMap<>(Word.class);
        more.putAll(asked);
        more.put(word, value);
        return new EdgeOptions(Map.copyOf(more));
    }

    /** What was asked for now or, where nothing was, chosen before. */
    Optional<String> value(Word word, Settings settings) {
        return Optional.ofNullable(asked.get(word)).or(() -> settings.find(word.setting()));
    }

    void keep(Settings settings) {
        asked.forEach((word, value) -> settings.put(word.setting(), value));
    }
}
