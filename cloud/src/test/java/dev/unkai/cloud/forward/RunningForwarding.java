package dev.unkai.cloud.forward;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A cloud that forwards to receivers on 127.0.0.9, and what is around it. */
final class RunningForwarding implements AutoCloseable {
    static final String HOST = "127.0.0.9";
    static final String PATH = "/service/v1/forwarding/destinations";

    final TestPki pki = new TestPki();
    final PemFiles siem = pki.issue("siem", "IP:" + HOST);
    final PemFiles client = pki.issue("client");
    final GrowingLedger ledger = new GrowingLedger(pki);
    final RunningCloud cloud;

    RunningForwarding() {
        cloud = RunningCloud.start(
                pki,
                "--unkai.ledger-url=" + ledger.address(),
                "--unkai.forwarding.opened=" + HOST + "/32",
                "--unkai.forwarding.provider-opened=127.0.0.10/32",
                "--unkai.forwarding.first-pause=200ms",
                "--unkai.forwarding.look=100ms",
                "--unkai.forwarding.longest=2s",
                "--unkai.desk-mail=desk@provider.example");
    }

    /** A customer's master. */
    String master(String project) {
        return cloud.token(project, "manager", "member", "reader");
    }

    static String project() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    String authority() {
        return read(siem.authority());
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> syslog(int port, boolean fromBeginning) {
        return new HashMap<>(Map.of(
                "name",
                "SIEM 雲",
                "kind",
                "syslog",
                "host",
                HOST,
                "port",
                port,
                "authority",
                authority(),
                "clientCertificate",
                read(client.certificate()),
                "clientKey",
                read(client.key()),
                "from",
                fromBeginning ? "beginning" : "now"));
    }

    Map<String, Object> webhook(String address) {
        return new HashMap<>(Map.of("name", "hook", "kind", "webhook", "address", address, "authority", authority()));
    }

    Answer post(String token, String path, Map<String, Object> body) {
        return cloud.send(token, "POST", path, RunningCloud.JSON.writeValueAsString(body));
    }

    /** Makes the destination; its id is at {@code /destination/id}. */
    JsonNode made(String token, Map<String, Object> body) {
        Answer answer = post(token, PATH, body);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    JsonNode shown(String token, String id) {
        return cloud.send(token, "GET", PATH + "/" + id, null).json();
    }

    void sql(String statement, Object... parameters) {
        cloud.context()
                .getBean(Transactions.class)
                .doAsSystem(db -> db.sql(statement).params(parameters).update());
    }

    <T> List<T> rows(Class<T> type, String query, Object... parameters) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql(query).params(parameters).query(type).list());
    }

    @Override
    public void close() {
        cloud.close();
        ledger.close();
    }
}
