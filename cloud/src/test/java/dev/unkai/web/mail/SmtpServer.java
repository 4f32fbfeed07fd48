package dev.unkai.web.mail;

import dev.unkai.base.tls.PemFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/**
 * A relay (RFC 5321, with STARTTLS and AUTH PLAIN and LOGIN) that keeps what it is given and, when told so, fails as relays do: at any command, for now or for
 * good, or by going away after it has taken the mail and before it has said so.
 */
final class SmtpServer implements AutoCloseable {
    static final String USER = "unkai";
    static final String PASSWORD = "relay-secret";

    /** One thing that goes wrong, once. */
    sealed interface Fault {
        /** Answers the command so instead of doing it; {@code .} is the end of the data. */
        record Answer(String command, String reply) implements Fault {}

        /** Takes the mail and goes away without a word. */
        record Silence() implements Fault {}
    }

    private final ServerSocket door;
    private final PemFiles pem;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean offersTls = true;

    SmtpServer(PemFiles pem) {
        this.pem = pem;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Whole messages, with their headers. */
    List<String> taken() {
        return taken;
    }

    /** Every line that was said, without what was said in an AUTH. */
    List<String> commands() {
        return commands;
    }

    void fails(Fault fault) {
        faults.add(fault);
    }

    /** As if somebody on the way hid the offer. */
    void hideTls() {
        offersTls = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Dialogue(socket, false).run();
        } catch (IOException e) {
            // the client went away
        }
    }

    private final class Dialogue {
        private final Socket socket;
        private final boolean secure;
        private final BufferedReader in;
        private boolean loggedIn;

        Dialogue(Socket socket, boolean secure) throws IOException {
            this.socket = socket;
            this.secure = secure;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void run() throws IOException {
            if (!secure) {
                say("220 relay ready");
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                commands.add(verb.equals("AUTH") ? verb : line);
                if (faults.peek() instanceof Fault.Answer(String command, String reply) && command.equals(verb)) {
                    faults.remove();
                    say(reply);
                    continue;
                }
                switch (verb) {
                    case "EHLO" -> greet();
                    case "STARTTLS" -> {
                        say("220 go ahead");
                        secured();
                        return;
                    }
                    case "AUTH" -> logIn(line);
                    case "MAIL" -> say(loggedIn ? "250 ok" : "530 log in first");
                    case "RCPT", "RSET", "NOOP" -> say("250 ok");
                    case "DATA" -> {
                        say("354 go on");
                        if (!data()) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> say("500 what?");
                }
            }
        }

        private void greet() throws IOException {
            say("250-relay");
            if (!secure && offersTls) {
                say("250-STARTTLS");
            }
            say("250 AUTH LOGIN PLAIN");
        }

        private void secured() throws IOException {
            SSLSocket tls = (SSLSocket) pem.sslContext()
                    .getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            new Dialogue(tls, true).run();
        }

        private void logIn(String line) throws IOException {
            String given;
            if (line.toUpperCase(java.util.Locale.ROOT).startsWith("AUTH PLAIN")) {
                String[] words = line.split(" ");
                if (words.length < 3) {
                    say("334 ");
                }
                given = decoded(words.length < 3 ? in.readLine() : words[2]).substring(1);
            } else {
                say("334 VXNlcm5hbWU6");
                String user = decoded(in.readLine());
                say("334 UGFzc3dvcmQ6");
                given = user + "\0" + decoded(in.readLine());
            }
            loggedIn = secure && given.equals(USER + "\0" + PASSWORD);
            say(loggedIn ? "235 welcome" : "535 no");
        }

        private static String decoded(String line) {
            return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        }

        /** Whether the dialogue goes on. */
        private boolean data() throws IOException {
            StringBuilder message = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                message.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
            }
            if (faults.peek() instanceof Fault.Answer(String command, String reply) && command.equals(".")) {
                faults.remove();
                say(reply);
                return true;
            }
            taken.add(message.toString());
            if (faults.peek() instanceof Fault.Silence) {
                faults.remove();
                return false;
            }
            say("250 taken");
            return true;
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
