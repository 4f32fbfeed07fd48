package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A system user of this machine under which one process runs, so that no process can read another's secrets. */
enum Account {
    ROOT("root"),
    DATABASE("unkai-db"),
    IDENTITY("unkai-identity"),
    LEDGER("unkai-ledger"),
    CLOUD("unkai-cloud"),
    GATEWAY("unkai-gateway"),
    /** Under which the VPN server's workers speak with clients. */
    VPN("unkai-vpn");

    private final String userName;

    Account(String userName) {
        this.userName = userName;
    }

    String userName() {
        return userName;
    }

    /** Makes the users that are absent. */
    static void makeAbsent() {
        for (Account account : values()) {
            if (!Command.of("id", "-u", account.userName).succeeds()) {
                // Another launcher may make it at the same moment: what counts is that it is there.
                Command.Result made = Command.of(
                                "useradd",
                                "--system",
                                "--user-group",
                                "--no-create-home",
                                "--home-dir",
                                "/nonexistent",
                                "--shell",
                                "/usr/sbin/nologin",
                                account.userName)
                        .attempt();
                if (!Command.of("id", "-u", account.userName).succeeds()) {
                    throw new Problem("account.missing", account.userName, made.output());
                }
            }
        }
    }

    /** The words before a command that make it run under this account. */
    List<String> prefix() {
        return this == ROOT
                ? List.of()
                : List.of(
                        "setpriv",
                        "--reuid=" + userName,
                        "--regid=" + userName,
                        "--clear-groups",
                        "--no-new-privs",
                        "--");
    }

    /** The same, with the right to open a port below 1024 (capabilities(7)) and no other. */
    List<String> prefixWithLowPorts() {
        List<String> words = new ArrayList<>(prefix());
        String only = "=-all,+net_bind_service";
        words.addAll(words.size() - 1, List.of("--inh-caps" + only, "--ambient-caps" + only, "--bounding-set" + only));
        return List.copyOf(words);
    }

    void own(Path file) {
        try {
            var lookup = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, lookup.lookupPrincipalByName(userName));
            Files.getFileAttributeView(file, java.nio.file.attribute.PosixFileAttributeView.class)
                    .setGroup(lookup.lookupPrincipalByGroupName(userName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void ownAll(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.forEach(this::own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
