package dev.unkai.node.login;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One log-in, as a program said it.
 *
 * @param from address; empty: at the machine itself
 * @param by the program, and how one showed who one is
 */
record JournalLine(String user, String from, String by) {
    /** OpenSSH, auth.c: auth_log. */
    private static final Pattern SSH =
            Pattern.compile("Accepted (\\S+) for (?:invalid user )?(.{1,256}) from (\\S+) port \\d+.*");

    /** Linux-PAM, pam_unix_sess.c. The user's number stands behind the name since 1.4. */
    private static final Pattern PAM = Pattern.compile(
            "pam_unix\\(([^:)]+):session\\): session opened for user ([^ (]{1,256})(?:\\(uid=\\d+\\))? by .*");

    /** Who is in already goes on as somebody else, or nobody comes in at all. sshd says more by itself. */
    private static final Set<String> NO_LOG_INS = Set.of(
            "sshd",
            "su",
            "su-l",
            "sudo",
            "sudo-i",
            "runuser",
            "runuser-l",
            "cron",
            "crond",
            "atd",
            "systemd-user",
            "polkit-1");

    static Optional<JournalLine> parse(String program, String message) {
        if (program.equals("sshd") || program.equals("sshd-session")) {
            Matcher ssh = SSH.matcher(message);
            return ssh.matches()
                    ? Optional.of(new JournalLine(ssh.group(2), ssh.group(3), "ssh " + ssh.group(1)))
                    : Optional.empty();
        }
        Matcher pam = PAM.matcher(message);
        return pam.matches() && !NO_LOG_INS.contains(pam.group(1))
                ? Optional.of(new JournalLine(pam.group(2), "", pam.group(1)))
                : Optional.empty();
    }
}
