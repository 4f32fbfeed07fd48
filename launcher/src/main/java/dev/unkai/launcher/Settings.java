package dev.unkai.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values chosen once for a data directory and kept in one of its files, readable by root alone: passwords, ids, ports. */
final class Settings {
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final DataDirectory directory;
    private final String file;
    private final Properties values = new Properties();

    Settings(DataDirectory directory, String file) {
        this.directory = directory;
        this.file = file;
        Path path = directory.of(file);
        if (Files.exists(path)) {
            try {
                values.load(new StringReader(Files.readString(path)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    synchronized String get(String key, Supplier<String> first) {
        String value = values.getProperty(key);
        if (value == null) {
            value = first.get();
            put(key, value);
        }
        return value;
    }

    synchronized Optional<String> find(String key) {
        return Optional.ofNullable(values.getProperty(key));
    }

    synchronized void put(String key, String value) {
        if (value.equals(values.setProperty(key, value))) {
            return;
        }
        StringWriter text = new StringWriter();
        values.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> text.write(name + "=" + values.getProperty(name) + "\n"));
        directory.write(file, text.toString(), "rw-------");
    }

    /** Those of the keys that have a value, as {@code key=value}. */
    synchronized List<String> lines(String... keys) {
        return Stream.of(keys)
                .filter(values::containsKey)
                .map(key -> key + "=" + values.getProperty(key))
                .toList();
    }

    /** A password of some 140 bits that needs no quoting anywhere. */
    String password(String key) {
        return get(
                key,
                () -> new SecureRandom()
                        .ints(24, 0, LETTERS.length())
                        .mapToObj(index -> String.valueOf(LETTERS.charAt(index)))
                        .collect(Collectors.joining()));
    }
}
