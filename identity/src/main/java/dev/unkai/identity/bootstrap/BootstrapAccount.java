package dev.unkai.identity.bootstrap;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One entry of the bootstrap file: an account with its customer and its project.
 *
 * @param secondFactorExempt whether it needs no second factor even where its roles do ({@code second-factor: exempt})
 */
record BootstrapAccount(
        String domain,
        String project,
        @Nullable String plan,
        String user,
        String password,
        List<String> roles,
        boolean secondFactorExempt) {
    BootstrapAccount {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return user + "@" + domain;
    }

    /** Reads the list; throws IllegalStateException saying what is wrong with the file. */
    static List<BootstrapAccount> read(Path file) {
        try (Reader in = Files.newBufferedReader(file)) {
            Object whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            List<BootstrapAccount> accounts = new ArrayList<>();
            if (whole instanceof List<?> entries) {
                for (Object entry : entries) {
                    accounts.add(account(entry, file));
                }
            } else if (whole != null) {
                throw new IllegalStateException("The file " + file + " is not a list of accounts.");
            }
            return accounts;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read", e);
        }
    }

    private static BootstrapAccount account(Object entry, Path file) {
        if (!(entry instanceof Map<?, ?> fields)) {
            throw new IllegalStateException("An entry of " + file + " is not an account.");
        }
        Object roles = fields.get("roles");
        return new BootstrapAccount(
                text(fields, "domain", file),
                text(fields, "project", file),
                fields.get("plan") == null ? null : text(fields, "plan", file),
                text(fields, "user", file),
                text(fields, "password", file),
                roles instanceof List<?> names
                        ? names.stream().map(String::valueOf).toList()
                        : List.of(),
                "exempt".equals(fields.get("second-factor")));
    }

    private static String text(Map<?, ?> fields, String name, Path file) {
        Object value = fields.get(name);
        if (value == null || String.valueOf(value).isBlank()) {
            throw new IllegalStateException("An account of " + file + " lacks its " + name + ".");
        }
        return String.valueOf(value);
    }
}
