package dev.unkai.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What nobody has foreseen: one sentence for whoever gave the command, and a file with where it happened for whoever is to mend it. */
final class Unexpected implements Thread.UncaughtExceptionHandler {
    private final PrintStream to;
    private final Messages messages;

    Unexpected(PrintStream to, Messages messages) {
        this.to = to;
        this.messages = messages;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        try {
            Path report = Files.createTempFile("unkai-", ".txt"); // for its owner only
            Files.writeString(report, trace.toString());
            to.println(messages.text("unexpected", cause, report));
        } catch (IOException e) {
            to.println(messages.text("unexpected", cause, "-"));
            to.print(trace);
        }
    }
}
