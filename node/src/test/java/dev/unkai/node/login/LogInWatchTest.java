package dev.unkai.node.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.unkai.node.Commands;
import dev.unkai.wire.node.LogIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Log-ins by the machine's own login(1), in the file wtmp that it writes, and by the machine's own journal. */
class LogInWatchTest {
    @TempDir
    private Path folder;

    private final List<LogIn> told = new ArrayList<>();
    private Path wtmp;
    private boolean away;

    @BeforeEach
    void file() throws IOException {
        wtmp = Files.createFile(folder.resolve("wtmp"));
    }

    @Test
    void eachLogInIsToldOnceFromTheFirstStartOnWhateverTheCloudMisses() throws IOException {
        logIn();
        watch().step();
        assertThat(told).as("before the node was there").isEmpty();

        logIn();
        away = true;
        assertThatThrownBy(() -> watch().step()).hasMessage("away");
        away = false;
        watch().step();
        watch().step();

        LogIn one = told.getFirst();
        assertThat(told).hasSize(1);
        assertThat(one.getUser()).isEqualTo("root");
        assertThat(one.getTerminal()).startsWith("pts/");
        assertThat(Instant.ofEpochMilli(one.getAtMillis()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void aRotationLeavesNoneOutAndAFileCutShortIsItselfTold() throws IOException {
        watch().step();
        logIn();
        Files.move(wtmp, folder.resolve("wtmp.1"));
        Files.createFile(wtmp);
        logIn();
        watch().step();
        watch().step();
        watch().step();
        assertThat(told).extracting(LogIn::getUser).containsExactly("root", "root");
        assertThat(told.get(0).getKey()).isNotEqualTo(told.get(1).getKey());

        Files.write(wtmp, new byte[0]);
        watch().step();
        logIn();
        watch().step();
        assertThat(told).extracting(LogIn::getUser).containsExactly("root", "root", "?", "root");
    }

    @Test
    void theJournalTellsOfSessionsWithoutATerminalToo() {
        String words = journal("""
                logger --socket /run/systemd/journal/dev-log -t sshd -p auth.info 'Accepted publickey for root from 203.0.113.5 port 4242 ssh2: ED25519 SHA256:x'
                logger --socket /run/systemd/journal/dev-log -t cron -p authpriv.info 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)'
                logger --socket /run/systemd/journal/dev-log -t login -p authpriv.info 'pam_unix(login:session): session opened for user taro(uid=1000) by LOGIN(uid=0)'
                setpriv --reuid 65534 --clear-groups logger --socket /run/systemd/journal/dev-log -t sshd -p auth.info 'Accepted password for forged from 203.0.113.6 port 1 ssh2'
                """);
        assertThat(words.lines())
                .containsExactly(
                        "end of none",
                        "root|203.0.113.5|ssh publickey",
                        "taro||login",
                        "again: nothing",
                        "the end: nothing");
    }

    @Test
    void thatTheyCannotBeToldIsSaidOnceAndSoIsThatTheyAreAgain() throws IOException {
        LogInWatch watch = watch();
        watch.step();
        logIn();
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(LogInWatch.class);
        said.start();
        Level before = log.getLevel();
        log.setLevel(Level.INFO);
        log.addAppender(said);
        try {
            away = true;
            watch.stepOrSay();
            watch.stepOrSay();
            away = false;
            watch.stepOrSay();
            watch.stepOrSay();
        } finally {
            log.detachAppender(said);
            log.setLevel(before);
        }
        assertThat(told).hasSize(1);
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Log-ins on this machine cannot be told; tried again every 3 s: away",
                        "Log-ins on this machine are told again");
    }

    private LogInWatch watch() {
        return new LogInWatch(new Wtmp(wtmp), folder, batch -> {
            if (away) {
                throw new IllegalStateException("away");
            }
            told.addAll(batch.getLogInsList());
        });
    }

    /** Somebody logs in at a terminal and leaves at once; the log of the machine itself is not touched. */
    private void logIn() {
        Commands.run(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + wtmp
                        + " /var/log/wtmp && echo exit | script --quiet --command 'login -f root' /dev/null");
    }

    /** Reads, in a process of its own beside a journal of its own, what the commands write there. */
    private static String journal(String commands) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = """
                mount -t tmpfs none /run && mount -t tmpfs none /var/log && mkdir -p /run/systemd/journal /run/log/journal
                /lib/systemd/systemd-journald >/dev/null 2>&1 &
                while [ ! -S /run/systemd/journal/socket ]; do sleep 0.05; done
                %s
                journalctl --sync
                %s -cp %s dev.unkai.node.login.JournalReading
                kill %%1
                """.formatted(commands, java, System.getProperty("java.class.path"));
        return Commands.run("unshare", "--mount", "bash", "-c", script);
    }
}
