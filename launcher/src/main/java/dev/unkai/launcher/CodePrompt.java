package dev.unkai.launcher;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks whoever runs a command for the code of a second factor: at the terminal, where what is typed is not shown, else for the next line of the standard input, so
 * that a script can give it. Not by an option: others on this machine would read it.
 */
final class CodePrompt {
    private final @Nullable Console terminal;
    private final BufferedReader input;
    private final PrintStream out;
    private final Messages messages;

    private CodePrompt(@Nullable Console terminal, Reader input, PrintStream out, Messages messages) {
        this.terminal = terminal;
        this.input = new BufferedReader(input);
        this.out = out;
        this.messages = messages;
    }

    /** @param out what asks, apart from the command's own output */
    static CodePrompt of(@Nullable Console console, Reader input, PrintStream out, Messages messages) {
        return new CodePrompt(console != null && console.isTerminal() ? console : null, input, out, messages);
    }

    /** Empty when nobody answers. */
    Optional<String> code() {
        out.print(messages.text("token.code") + " ");
        out.flush();
        return Stream.ofNullable(answer())
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .findFirst();
    }

    private @Nullable String answer() {
        if (terminal != null) {
            char[] typed = terminal.readPassword();
            return typed == null ? null : new String(typed);
        }
        try {
            String line = input.readLine();
            out.println();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
