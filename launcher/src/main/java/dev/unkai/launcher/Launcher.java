package dev.unkai.launcher;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/** The part of {@code ./unkai} behind the shell script: one machine's cloud up and down. */
public final class Launcher {
    private Launcher() {}

    /** Takes {@code up|down --data DIR …} ({@link Options}), {@code backup|restore …} ({@link BackupOptions}), {@code verify FILE …} ({@link VerifyCommand}), {@code train} ({@link Training}) or {@code node token|join|leave …} ({@link NodeOptions}); ends with 0, or with 1 and one sentence. */
    public static void main(String[] arguments) {
        Messages messages = Messages.ofTheEnvironment();
        Thread.setDefaultUncaughtExceptionHandler(new Unexpected(System.err, messages));
        System.exit(run(arguments, messages));
    }

    private static int run(String[] arguments, Messages messages) {
        Progress progress = new Progress(System.out, messages);
        if (arguments.length > 0 && arguments[0].equals("verify")) {
            return VerifyCommand.run(
                    Arrays.asList(arguments).subList(1, arguments.length), System.out, System.err, messages);
        }
        try {
            if (arguments.length > 0 && arguments[0].equals("node")) {
                runNode(NodeOptions.parse(Arrays.asList(arguments).subList(1, arguments.length)), progress, messages);
                return 0;
            }
            if (arguments.length > 0 && (arguments[0].equals("backup") || arguments[0].equals("restore"))) {
                BackupCommand.run(BackupOptions.parse(Arrays.asList(arguments)), progress, source());
                return 0;
            }
            if (arguments.length == 2 && arguments[0].equals(CertificateKeeper.COMMAND)) {
                CertificateKeeper.renew(DataDirectory.at(Path.of(arguments[1])), Clock.systemUTC());
                return 0;
            }
            if (arguments.length == 1 && arguments[0].equals("train")) {
                new Training(source(), progress).run();
                return 0;
            }
            Options options = Options.parse(Arrays.asList(arguments));
            DataDirectory directory = DataDirectory.at(options.data());
            switch (options.command()) {
                case UP -> new Up(options, directory, progress, source()).run();
                case DOWN -> new Down(directory, progress).run(options.keepGuests());
            }
            return 0;
        } catch (Problem problem) {
            System.err.println(messages.text(problem.key(), problem.values()));
            return 1;
        }
    }

    private static void runNode(NodeOptions options, Progress progress, Messages messages) {
        DataDirectory directory = DataDirectory.at(options.data());
        switch (options.action()) {
            case TOKEN -> {
                Reader input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
                CodePrompt prompt = CodePrompt.of(System.console(), input, System.err, messages);
                new NodeToken(directory, progress, prompt).run();
            }
            case JOIN -> new NodeJoin(options, directory, progress, source()).run();
            case LEAVE -> new NodeLeave(directory, progress, source()).run();
        }
    }

    /** The checkout that the script belongs to: where jars and image recipes are. */
    private static Path source() {
        return Path.of(System.getProperty("unkai.source", ".")).toAbsolutePath().normalize();
    }
}
