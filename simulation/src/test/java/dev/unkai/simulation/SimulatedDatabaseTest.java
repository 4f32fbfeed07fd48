package dev.unkai.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the runs stand on: the database's time, and checks that do find what they look for. */
class SimulatedDatabaseTest {
    private final Agenda agenda = new Agenda();
    private final SimulatedClock clock = new SimulatedClock(agenda);
    private final SimulatedDatabase database = new SimulatedDatabase(clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void statementsHaveTheRunsTime() throws Exception {
        clock.wrongBy(90_000);
        SimulatedDatabase.Physical session = database.lease(SimulatedDatabase.Role.SYSTEM);
        try (var statement = session.connection.createStatement();
                var row = statement.executeQuery("select extract(epoch from now() - '2030-01-01T00:00:00Z')::int")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(90);
        }
        database.giveBack(SimulatedDatabase.Role.SYSTEM, session);
    }

    @Test
    void columnDefaultsHaveTheRunsTimeToo() {
        database.run("insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)" + " values ('"
                + UUID.randomUUID() + "', 'h', 'nova', 'up', '{}', 1, 1024, 1, false)");
        assertThat(database.ask("select created_at at time zone 'UTC' from host"))
                .containsExactly("2030-01-01 00:00:00");
    }

    @Test
    void whatHasNoOwnerIsFound() {
        UUID host = UUID.randomUUID();
        database.run("insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi)" + " values ('"
                + host + "', 'h', 'nova', 'up', '{}', 1, 1024, 1, false)");
        database.run("insert into claim (server_id, host_id, vcpus, memory_mib, disk_gib) values ('" + UUID.randomUUID()
                + "', '" + host + "', 1, 64, 1)");
        assertThat(database.violations())
                .anyMatch(sentence -> sentence.startsWith("host up without an event"))
                .anyMatch(sentence -> sentence.startsWith("a claim without its server"))
                .anyMatch(sentence -> sentence.equals("host h notes other claims than it has"));
    }

    @Test
    void whatIsSoldTwiceIsFound() {
        database.run("insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi, used_vcpus)"
                + " values ('" + UUID.randomUUID() + "', 'h', 'nova', 'up', '{}', 1, 1024, 1, false, 5)");
        assertThat(database.violations()).contains("host h is sold beyond its capacity");
    }
}
