package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of every file by which the processes and the people's clients learn where things are. */
final class ConfigurationFiles {
    /** What clients trust where the public certificate comes from outside. */
    private static final String CLIENTS = "pki/clients.crt";

    private final DataDirectory directory;
    private final Site site;
    private final Postgres postgres;
    private final Optional<Vpn> vpn;
    private final Edge edge;
    private final boolean evaluation;

    /** @param evaluation whether there are sample accounts, which work as an evaluation needs it */
    ConfigurationFiles(
            DataDirectory directory, Site site, Postgres postgres, Optional<Vpn> vpn, Edge edge, boolean evaluation) {
        this.directory = directory;
        this.site = site;
        this.postgres = postgres;
        this.vpn = vpn;
        this.edge = edge;
        this.evaluation = evaluation;
    }

    String identity() {
        return common("identity", site.ports().identity(), "127.0.0.1", 6, 3)
                + """
                  ledger-url: "https://127.0.0.1:%d"
                  bootstrap: "%s"
                """.formatted(site.ports().ledger(), directory.of("etc/bootstrap.yaml"))
                + vpn.map(Vpn::ofIdentity).orElse("")
                + breakGlass()
                + local("identity");
    }

    /** As delivered it is required. One person with one operator account, and programs that test, could do nothing then. */
    private String breakGlass() {
        return evaluation
                ? "  # An exception for the evaluation; a site for customers has none.\n  break-glass: \"open\"\n"
                : "";
    }

    /** What an operator wrote into a file of its own, which no start writes anew; it stands over what stands here. */
    private String local(String process) {
        Path file = directory.of("etc/" + process + ".local.yaml");
        try {
            return Files.exists(file) ? "---\n" + Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read", e);
        }
    }

    String ledger() {
        return common("ledger", site.ports().ledger(), "127.0.0.1", 4, 3)
                + """
                  identity-url: "https://127.0.0.1:%d"
                """.formatted(site.ports().identity());
    }

    /** @param number which of the cloud processes, from 1 */
    String cloud(int number, String northbound, ExternalNetwork external) {
        return common("cloud", site.ports().cloud(number), site.listenAddress(), 10, 4)
                + """
                  identity-url: "https://127.0.0.1:%d"
                  ledger-url: "https://127.0.0.1:%d"
                  node-port: %d
                  node-address: "%s"
                  hosts:
                    authority: "%s"
                    authority-key: "%s"
                    node-addresses: "%s"
                    southbound: "%s"
                  images: "%s"
                  seed-images: "%s"
                  evidence:
                    certificate: "%s"
                    key: "%s"
                  # As many guests on this machine's few CPUs as the reference allows: this is for evaluation.
                  placement:
                    cpu-allocation-ratio: 16.0
                  ovn:
                    northbound: "%s"
                  external-network:
                    name: "public"
                    physical-network: "external"
                    cidr: "%s"
                    gateway: "%s"
                """.formatted(
                                site.ports().identity(),
                                site.ports().ledger(),
                                site.ports().nodes(number),
                                site.listenAddress(),
                                directory.of("pki/hosts-ca.crt"),
                                directory.of("pki/hosts-ca.key"),
                                site.open() ? String.join(",", site.nodeDoors(site.host())) : "",
                                site.open() ? site.host() + ":" + site.ports().southbound() : "",
                                directory.of("images"),
                                directory.of("images-seed"),
                                directory.of("pki/" + Authority.EVIDENCE + ".crt"),
                                directory.of("pki/" + Authority.EVIDENCE + ".key"),
                                northbound,
                                external.cidr(),
                                external.gateway())
                + edge.ofCloud(directory, number)
                + certificates()
                + breakGlass()
                + local("cloud");
    }

    /** Where the cloud finds those certificates of this machine that it does not use itself. */
    private String certificates() {
        return "  certificates:\n    renewals: \"" + directory.of(Renewals.FILE) + "\"\n    files:\n"
                + "      evidence: \"" + directory.of("pki/" + Authority.EVIDENCE + ".crt") + "\"\n"
                + "      launcher: \"" + directory.of("pki/" + Readiness.COMMON_NAME + ".crt") + "\"\n"
                + vpn.map(door -> "      gateway: \"" + directory.of("pki/gateway.crt") + "\"\n")
                        .orElse("")
                + (site.open() || vpn.isPresent() ? "    doors:\n" : "")
                + (site.open() ? "      southbound: \"127.0.0.1:" + site.ports().southbound() + "\"\n" : "")
                + vpn.map(door -> "      vpn: \"" + door.address() + ":" + door.port() + "\"\n")
                        .orElse("");
    }

    private String common(String process, int port, String address, int apiPool, int systemPool) {
        return """
                server:
                  port: %d
                  address: "%s"
                unkai:
                  data: "%s"
                  public-url: "%s"
                  region: "local"
                  tls:
                    certificate: "%s"
                    key: "%s"
                    authority: "%s"
                  database:
                    url: "%s"
                    api-pool: %d
                    system-pool: %d
                    owner-user: "%s_owner"
                    owner-password: "%s"
                    api-user: "%s_api"
                    api-password: "%s"
                    system-user: "%s_system"
                    system-password: "%s"
                """.formatted(
                        port,
                        address,
                        directory.path(),
                        site.publicUrl(),
                        directory.of("pki/" + process + ".crt"),
                        directory.of("pki/" + process + ".key"),
                        directory.of("pki/ca.crt"),
                        postgres.url(process),
                        apiPool,
                        systemPool,
                        process,
                        postgres.password(process, "owner"),
                        process,
                        postgres.password(process, "api"),
                        process,
                        postgres.password(process, "system"));
    }

    /** The host of the cloud's own machine. */
    NodeFile node(String hostId, String hostName, String libvirtUri) {
        return new NodeFile(
                directory,
                hostId,
                hostName,
                "nova",
                site.nodeDoors("127.0.0.1"),
                site.address().orElse("127.0.0.1"),
                libvirtUri,
                List.of());
    }

    static String bootstrap(List<Person> people) {
        return people.stream()
                .map(person -> """
                        - domain: "%s"
                          project: "%s"
                          plan: "%s"
                          user: "%s"
                          password: "%s"
                          roles: [%s]
                        %s""".formatted(
                                person.domain(),
                                person.project(),
                                person.plan(),
                                person.user(),
                                person.password(),
                                String.join(", ", person.roles()),
                                person.evaluation() ? "  second-factor: \"exempt\"\n" : ""))
                .collect(Collectors.joining());
    }

    /** What this machine's clients trust. */
    Path authority() {
        return directory.of(edge instanceof Edge.BuiltIn ? "pki/ca.crt" : CLIENTS);
    }

    /**
     * The built-in authority, whose certificate is shown until there is one from outside, and all that the machine trusts: where the certificate comes
     * from outside, this is what {@link #authority} leads to.
     */
    void writeAuthority() {
        try {
            String system = Files.isReadable(TrustedRoots.SYSTEM) ? Files.readString(TrustedRoots.SYSTEM) : "";
            String root = edge instanceof Edge.FromFiles given ? GivenCertificate.rootIn(given.certificate()) : "";
            directory.write(CLIENTS, Files.readString(directory.of("pki/ca.crt")) + root + system, "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log-ins as the {@code openstack} client reads them from {@code OS_CLIENT_CONFIG_FILE}. */
    String clouds(List<Person> people) {
        return people.stream()
                .map(person -> """
                          %s:
                            auth_type: password
                            auth:
                              auth_url: "%s/identity/v3"
                              username: "%s"
                              password: "%s"
                              user_domain_name: "%s"
                              project_name: "%s"
                              project_domain_name: "%s"
                            cacert: "%s"
                            region_name: "local"
                            identity_api_version: "3"
                        """.formatted(
                                person.cloud(),
                                site.publicUrl(),
                                person.user(),
                                person.password(),
                                person.domain(),
                                person.project(),
                                person.domain(),
                                authority()))
                .collect(Collectors.joining("", "clouds:\n", ""));
    }
}
