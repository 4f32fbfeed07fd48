package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.schedule.DueSite;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Starts, stops, reboots and images on a calendar: as customers manage them, and as the reconciler carries them out. */
class ScheduleTest {
    private static final String STOP = """
            {"name":"夜間停止","action":"stop","days":["friday","monday"],"time":"19:00","timeZone":"Asia/Tokyo"%s}""";

    private final ComputeSite site = ComputeSite.shared();
    private final ComputeSite.Customer customer = site.customer();
    private DueSite process;

    @BeforeEach
    void start() {
        process = process();
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void aScheduleIsMadeShownPausedChangedAndDeleted() {
        String server = customer.running("office");
        assertThat(schedules("GET", server, "", null).json().path("schedules")).isEmpty();

        Answer made = schedules("POST", server, "", STOP.formatted(""));
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().path("id").asString();
        assertThat(made.json().path("days").toString()).isEqualTo("[\"monday\",\"friday\"]");
        assertThat(made.json().path("enabled").asBoolean()).isTrue();
        Instant next = Instant.parse(made.json().path("nextRun").asString());
        assertThat(next).isAfter(Instant.now()).isBefore(Instant.now().plus(Duration.ofDays(7)));
        assertThat(next.toString()).contains("T10:00:00Z");

        Answer paused = schedules("PUT", server, "/" + id, STOP.formatted(",\"enabled\":false"));
        assertThat(paused.json().path("nextRun").isNull()).isTrue();
        assertThat(schedules("GET", server, "/" + id, null).json()).isEqualTo(paused.json());
        JsonNode listed = schedules("GET", server, "", null).json();
        assertThat(listed.at("/schedules/0")).isEqualTo(paused.json());
        assertThat(listed.path("most").asInt()).isEqualTo(20);

        assertThat(schedules("DELETE", server, "/" + id, null).status()).isEqualTo(204);
        assertThat(schedules("GET", server, "/" + id, null).status()).isEqualTo(404);
        assertThat(site.count(
                        "select count(*) from outbox where event::jsonb #>> '{target,id}' = ? and event::jsonb #>> '{target,typeURI}' = 'compute/schedule'",
                        id))
                .isEqualTo(3);
    }

    @Test
    void whatIsWrongIsToldInASentence() {
        String server = customer.running("picky");
        refused(server, "null", "JSON object");
        refused(server, STOP.formatted("").replace("夜間停止", " "), "\"name\"");
        refused(server, STOP.formatted("").replace("stop\"", "explode\""), "start, stop, reboot, snapshot");
        refused(server, STOP.formatted("").replace("\"friday\",\"monday\"", "\"freitag\""), "monday, tuesday");
        refused(server, STOP.formatted("").replace("\"friday\",\"monday\"", ""), "\"days\"");
        refused(server, STOP.formatted(",\"date\":\"2030-01-01\""), "not both");
        refused(server, STOP.formatted("").replace("19:00", "24:00"), "07:30");
        refused(server, STOP.formatted("").replace("Asia/Tokyo", "Tokyo"), "Asia/Tokyo");
        refused(server, STOP.formatted(",\"keep\":3"), "\"keep\"");
        refused(server, STOP.formatted("").replace("\"stop\"", "\"snapshot\""), "\"keep\"");
        refused(server, """
                {"name":"past","action":"stop","date":"2020-01-01","time":"19:00","timeZone":"UTC"}""", "still to come");
    }

    @Test
    void aServerHasNoMoreThanTwentySchedulesAndOthersSeeNone() {
        String server = customer.running("busy");
        for (int i = 0; i < 20; i++) {
            assertThat(schedules("POST", server, "", STOP.formatted("")).status())
                    .isEqualTo(201);
        }
        Answer over = schedules("POST", server, "", STOP.formatted(""));
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.text()).contains("at most 20");

        String stranger = site.customer().token;
        String path = "/service/v1/servers/" + server + "/schedules";
        assertThat(site.cloud.send(stranger, "GET", path, null).status()).isEqualTo(404);
        assertThat(site.cloud.send(stranger, "POST", path, STOP.formatted("")).status())
                .isEqualTo(404);
        assertThat(site.cloud
                        .send(stranger, "GET", "/service/v1/servers/" + server + "/schedule-runs", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDueTimeStopsTheServerInTheSchedulesNameAndSetsTheNext() throws Exception {
        String server = customer.running("evening");
        String schedule = due(server, "stop", 60);
        settle();

        JsonNode shown = customer.get(1, "/servers/" + server).json().path("server");
        assertThat(shown.path("OS-EXT-STS:task_state").asString()).isEqualTo("powering-off");
        JsonNode run = runs(server).get(0);
        assertThat(run.path("result").asString()).isEqualTo("running");
        assertThat(run.path("scheduleId").asString()).isEqualTo(schedule);
        assertThat(customer.get(
                                1,
                                "/servers/" + server + "/os-instance-actions/"
                                        + run.path("requestId").asString())
                        .json()
                        .at("/instanceAction/action")
                        .asString())
                .isEqualTo("stop");
        assertThat(site.count("""
                        select count(*) from outbox where event::jsonb #>> '{initiator,id}' = ?
                           and event::jsonb #>> '{initiator,typeURI}' = 'service/compute/schedule'
                           and event::jsonb ->> 'action' = 'stop' and event::jsonb #>> '{target,id}' = ?
                        """, schedule, server)).isEqualTo(1);
        assertThat(Instant.parse(schedules("GET", server, "/" + schedule, null)
                        .json()
                        .path("nextRun")
                        .asString()))
                .isAfter(Instant.now());

        site.system(
                "update instance_action_event set finished_at = now(), result = 'Success' where server_id = ?",
                UUID.fromString(server));
        assertThat(runs(server).get(0).path("result").asString()).isEqualTo("done");
    }

    /** Else it would be due at a time that has counted, could not note it twice, and never act again. */
    @Test
    void aTimeThatAnotherProcessWithAFastClockActedAtIsNotSetAgain() {
        String server = customer.running("fast");
        Answer made = schedules("POST", server, "", STOP.formatted(""));
        String id = made.json().path("id").asString();
        Instant first = Instant.parse(made.json().path("nextRun").asString());
        site.system("""
                insert into schedule_run (schedule_id, schedule_name, server_id, project_id, action, due_at, ran_at, result, request_id)
                select id, name, server_id, project_id, action, due_at, now(), 'unneeded', 'req-1' from server_schedule where id = ?
                """, UUID.fromString(id));

        Answer changed = schedules("PUT", server, "/" + id, STOP.formatted(""));

        assertThat(Instant.parse(changed.json().path("nextRun").asString())).isAfter(first);
    }

    @Test
    void aSnapshotIsMadeAsABackupThatIsRotated() throws Exception {
        String server = customer.running("weekly");
        due(server, "snapshot", 60);
        settle();

        JsonNode run = runs(server).get(0);
        assertThat(run.path("result").asString()).isEqualTo("running");
        assertThat(site.count(
                        "select count(*) from capture where image_id = ? and rotation = 3",
                        UUID.fromString(run.path("imageId").asString())))
                .isEqualTo(1);
    }

    @Test
    void whatNeedsNothingWhatIsLockedAndWhatIsTooLateIsTold() throws Exception {
        String running = customer.running("on");
        due(running, "start", 60);
        String locked = customer.running("locked");
        due(locked, "stop", 60);
        customer.act(locked, "{\"lock\":null}");
        String slept = customer.running("slept");
        String schedule = due(slept, "stop", 60 * 60);
        settle();

        assertThat(runs(running).get(0).path("result").asString()).isEqualTo("unneeded");
        assertThat(runs(locked).get(0).path("result").asString()).isEqualTo("failed");
        assertThat(runs(locked).get(0).path("reason").asString()).contains("locked");
        assertThat(runs(slept).get(0).path("result").asString()).isEqualTo("missed");
        assertThat(customer.status(slept)).isEqualTo("ACTIVE");
        assertThat(site.count(
                        "select count(*) from outbox where event::jsonb #>> '{initiator,id}' = ? and event::jsonb ->> 'outcome' = 'failure'",
                        schedule))
                .isEqualTo(1);
    }

    @Test
    void aBusyServerIsTriedAgainAndItsTimesKeepTheirOrder() throws Exception {
        String server = customer.running("order");
        customer.act(server, "{\"reboot\":{\"type\":\"SOFT\"}}");
        due(server, "stop", 120);
        due(server, "start", 60);
        settle();
        assertThat(runs(server)).isEmpty();

        site.runs(server);
        site.system("update server_schedule set try_at = due_at where server_id = ?", UUID.fromString(server));
        settle();
        assertThat(runs(server)).hasSize(1);
        assertThat(runs(server).get(0).path("action").asString()).isEqualTo("stop");

        site.system(
                "update server set observed = 'stopped', settled = 'stopped' where id = ?", UUID.fromString(server));
        site.system("update server_schedule set try_at = due_at where server_id = ?", UUID.fromString(server));
        settle();
        assertThat(runs(server).get(0).path("action").asString()).isEqualTo("start");
        assertThat(customer.get(1, "/servers/" + server)
                        .json()
                        .at("/server/OS-EXT-STS:task_state")
                        .asString())
                .isEqualTo("powering-on");
    }

    @Test
    void severalProcessesActOnceForEachTime() throws Exception {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            servers.add(customer.running("shared-" + i));
            due(servers.getLast(), "stop", 60 + i);
        }
        try (DueSite other = process();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> steps = new ArrayList<>();
            for (DueSite one : List.of(process, other, process, other)) {
                steps.add(threads.submit(work(one.reconciler())));
            }
            for (Future<Integer> done : steps) {
                done.get();
            }
        }
        for (String server : servers) {
            assertThat(runs(server)).hasSize(1);
            assertThat(site.count(
                            "select count(*) from instance_action where action = 'stop' and server_id = ?",
                            UUID.fromString(server)))
                    .isEqualTo(1);
        }
    }

    @Test
    void aProcessThatDiesAtAnyCallToTheDatabaseHasActedOnceInTheEnd() throws Exception {
        String server = customer.running("mortal");
        String schedule = due(server, "reboot", 60);
        boolean broke = true;
        for (int call = 1; broke; call++) {
            assertThat(call).isLessThan(40);
            site.runs(server);
            site.system("delete from schedule_run where schedule_id = ?", UUID.fromString(schedule));
            site.system("delete from instance_action where server_id = ?", UUID.fromString(server));
            makeDue(schedule, 60);
            process.faulty().failAt(call);
            try {
                settle();
            } catch (RuntimeException died) {
                // as in a process that was killed; another one goes on
            }
            broke = !process.faulty().isPending();
            process.faulty().failAt(-1);
            settle();
            assertThat(runs(server)).as("call %d", call).hasSize(1);
            assertThat(site.count(
                            "select count(*) from instance_action where action = 'reboot' and server_id = ?",
                            UUID.fromString(server)))
                    .as("call %d", call)
                    .isEqualTo(1);
        }
    }

    @Test
    void aDeletedServersScheduleGoesWithIt() throws Exception {
        String server = customer.running("gone");
        String schedule = due(server, "start", 60);
        customer.delete(1, "/servers/" + server);
        settle();
        assertThat(site.count("select count(*) from server_schedule where id = ?", UUID.fromString(schedule)))
                .isZero();
    }

    private void refused(String server, String body, String why) {
        Answer answer = schedules("POST", server, "", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.json().at("/detail").asString()).contains(why);
    }

    private Answer schedules(String method, String server, String rest, String body) {
        return site.cloud.send(customer.token, method, "/service/v1/servers/" + server + "/schedules" + rest, body);
    }

    private JsonNode runs(String server) {
        return site.cloud
                .send(customer.token, "GET", "/service/v1/servers/" + server + "/schedule-runs", null)
                .json()
                .path("runs");
    }

    /** A schedule for each day that was due so many seconds ago; its own time of day is half a day from now. */
    private String due(String server, String action, int seconds) {
        String keep = action.equals("snapshot") ? ",\"keep\":3" : "";
        String time = LocalTime.now(ZoneOffset.UTC)
                .plusHours(12)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        Answer made = schedules("POST", server, "", """
                {"name":"due","action":"%s","timeZone":"UTC","time":"%s","days":["monday","tuesday","wednesday","thursday",
                 "friday","saturday","sunday"]%s}""".formatted(action, time, keep));
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().path("id").asString();
        makeDue(id, seconds);
        return id;
    }

    private void makeDue(String schedule, int seconds) {
        site.system(
                "update server_schedule set due_at = now() - make_interval(secs => ?), try_at = now() - make_interval(secs => ?) where id = ?",
                seconds,
                seconds,
                UUID.fromString(schedule));
    }

    private DueSite process() {
        return new DueSite(site.cloud.context(), site.cloud.database().system(), Duration.ofMinutes(15));
    }

    private void settle() throws Exception {
        work(process.reconciler()).call();
    }

    private static Callable<Integer> work(Reconciler reconciler) {
        return () -> {
            int steps = 0;
            while (reconciler.step()) {
                steps++;
            }
            return steps;
        };
    }
}
