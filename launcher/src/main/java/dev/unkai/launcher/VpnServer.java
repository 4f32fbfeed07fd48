package dev.unkai.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts the three parts of the SSL-VPN: the VPN server (ocserv), which makes devices and so begins as root, with eight capabilities, and
 * lets an account without rights speak with clients; its control loop; and the gateway, which has no right on the machine. What root's
 * programs read is written here, by root.
 */
final class VpnServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String CERTIFICATE = "vpn";

    /** What ocserv needs to make devices, bind its port and hand its clients to another account (capabilities(7)). */
    private static final String CAPABILITIES =
            "-all,+net_admin,+net_bind_service,+setuid,+setgid,+sys_chroot,+chown,+kill,+dac_override";

    private final Path source;
    private final DataDirectory directory;
    private final Keepers keepers;
    private final Progress progress;

    VpnServer(Path source, DataDirectory directory, Keepers keepers, Progress progress) {
        this.source = source;
        this.directory = directory;
        this.keepers = keepers;
        this.progress = progress;
    }

    /** Makes it run as it shall, or stops it. */
    void start(Optional<Vpn> wanted, Site site, Settings secrets) {
        if (wanted.isEmpty()) {
            Vpn.stop(directory, keepers);
            return;
        }
        Vpn vpn = wanted.get();
        String console = site.address().orElseThrow();
        makeDirectories();
        issueCertificates(vpn);
        String secret = secrets.password("radius");
        guard(vpn, console, site);
        startGateway(site, secret);
        startServer(vpn, console, site, secret);
        Path control = Script.VPN.install(directory);
        keepers.start(Service.of(
                Vpn.CONTROL,
                List.of(
                        "/bin/sh",
                        control.toString(),
                        directory.of("vpn").toString(),
                        directory.of("gateway/unwanted").toString(),
                        directory.of("pki/" + CERTIFICATE + ".crt").toString())));
        if (!Waiting.until(() -> accepts(vpn), PATIENCE)) {
            throw new Problem("service.silent", Vpn.SERVER, keepers.lastWords(Vpn.SERVER, 5), directory.of("log"));
        }
        progress.step("up.vpn", vpn.address() + ":" + vpn.port());
    }

    private void makeDirectories() {
        Account.GATEWAY.own(directory.directory("gateway", "rwx------"));
        directory.directory("vpn", "rwx--x--x");
        directory.directory("vpn/jail", "rwxr-xr-x");
        Path seen = directory.directory("vpn/seen", "rwxr-x---");
        Command.of("chgrp", Account.GATEWAY.userName(), seen.toString()).run();
    }

    private void issueCertificates(Vpn vpn) {
        Authority authority = Authority.openOrMake(directory, Clock.systemUTC());
        authority.issue(Program.GATEWAY.title(), List.of(Authority.dns("localhost")));
        Account.GATEWAY.own(directory.of("pki/" + Program.GATEWAY.title() + ".key"));
        // Of the server's own, whose key stays root's: clients know it by the address that they connect to.
        authority.issue(CERTIFICATE, List.of(Authority.address(vpn.address())));
        authority.writeWholeKey(CERTIFICATE);
    }

    private void startGateway(Site site, String secret) {
        String file = "etc/" + Program.GATEWAY.title() + ".properties";
        String text = """
                identity.url=https://127.0.0.1:%d
                tls.certificate=%s
                tls.key=%s
                tls.authority=%s
                radius.port=%d
                radius.secret=%s
                tunnels.seen=%s
                tunnels.unwanted=%s
                """.formatted(
                        site.ports().identity(),
                        directory.of("pki/gateway.crt"),
                        directory.of("pki/gateway.key"),
                        directory.of("pki/ca.crt"),
                        site.ports().radius(),
                        secret,
                        directory.of("vpn/seen/tunnels.json"),
                        directory.of("gateway/unwanted"));
        directory.write(file, text, "r--------");
        Account.GATEWAY.own(directory.of(file));
        Path jar = Program.GATEWAY.install(source, directory);
        keepers.start(Program.GATEWAY.service(jar, text, directory.of(file).toString()));
    }

    private void startServer(Vpn vpn, String console, Site site, String secret) {
        String servers = "127.0.0.1 " + secret + "\n";
        String radius = radius(site);
        String configuration = configuration(vpn, console);
        directory.write("etc/radius-servers", servers, "r--------");
        directory.write("etc/radius.conf", radius, "r--------");
        directory.write("etc/ocserv.conf", configuration, "r--------");
        List<String> command = new ArrayList<>(List.of(
                "setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=" + CAPABILITIES, "--", "ocserv"));
        command.addAll(List.of(
                "--foreground",
                "--debug",
                "1",
                "--config",
                directory.of("etc/ocserv.conf").toString()));
        keepers.start(Service.of(Vpn.SERVER, command).configured(servers + radius + configuration));
    }

    private String radius(Site site) {
        return """
                nas-identifier unkai
                authserver 127.0.0.1:%1$d
                acctserver 127.0.0.1:%1$d
                servers %2$s
                dictionary /etc/radcli/dictionary
                default_realm
                radius_timeout 20
                radius_retries 1
                bindaddr 127.0.0.1
                """.formatted(site.ports().radius(), directory.of("etc/radius-servers"));
    }

    /** TLS 1.2 and newer with forward secrecy and AEAD ciphers alone; no password, no user and no address is in it. */
    private String configuration(Vpn vpn, String console) {
        return """
                auth = "radius[config=%1$s,groupconfig=true]"
                listen-host = %2$s
                tcp-port = %3$d
                udp-port = %3$d
                run-as-user = %4$s
                run-as-group = %4$s
                chroot-dir = %5$s
                socket-file = ocserv.sock
                pid-file = %6$s
                use-occtl = true
                occtl-socket-file = %7$s
                isolate-workers = true
                server-cert = %8$s
                server-key = %9$s
                tls-priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:-MAC-ALL:+AEAD:%%SERVER_PRECEDENCE"
                cisco-client-compat = false
                dtls-legacy = false
                compression = false
                max-clients = 0
                max-same-clients = 0
                rate-limit-ms = 100
                max-ban-score = 0
                auth-timeout = 180
                cookie-timeout = 60
                persistent-cookies = false
                deny-roaming = false
                idle-timeout = 1800
                session-timeout = 43200
                keepalive = 300
                dpd = 30
                mobile-dpd = 120
                switch-to-tcp-timeout = 25
                rekey-time = 86400
                rekey-method = ssl
                try-mtu-discovery = false
                device = %10$s
                ipv4-network = %11$s
                ping-leases = false
                predictable-ips = false
                route = %12$s/32
                """.formatted(
                        directory.of("etc/radius.conf"),
                        vpn.address(),
                        vpn.port(),
                        Account.VPN.userName(),
                        directory.of("vpn/jail"),
                        directory.of("vpn/ocserv.pid"),
                        directory.of("vpn/occtl"),
                        directory.of("pki/" + CERTIFICATE + ".crt"),
                        directory.of("pki/" + CERTIFICATE + ".pem"),
                        Vpn.device(directory),
                        vpn.pool(),
                        console);
    }

    /** From a tunnel nothing is reached but console and APIs, and only with the tunnel's own address. Deleted and made in one go. */
    private void guard(Vpn vpn, String console, Site site) {
        String ports = IntStream.rangeClosed(1, site.ports().clouds())
                .mapToObj(number -> String.valueOf(site.ports().cloud(number)))
                .collect(Collectors.joining(", "));
        String rules = """
                table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                    chain tunnels {
                        type filter hook prerouting priority raw; policy accept;
                        iifname != "%2$s*" accept
                        fib saddr . iif oif missing drop
                        ip saddr %3$s ip daddr %4$s tcp dport { %5$s } accept
                        ip saddr %3$s ip daddr %4$s icmp type echo-request accept
                        drop
                    }
                }
                """.formatted(Vpn.table(directory), Vpn.device(directory), vpn.pool(), console, ports);
        directory.write("etc/vpn.nft", rules, "rw-------");
        Command.of("nft", "--file", directory.of("etc/vpn.nft").toString()).run();
    }

    private static boolean accepts(Vpn vpn) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(vpn.address(), vpn.port()), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
