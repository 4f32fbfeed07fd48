package dev.unkai.cloud.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.cloud.placement.Demand.Company;
import dev.unkai.cloud.placement.Demand.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts are chosen by what they have free, and never promise more than that. */
class PlacementTest {
    private final Decisions decisions = new Decisions();
    private final Placement placement = new Placement(decisions, 4.0, 512);
    private HikariDataSource pool;
    private Transactions transactions;

    @BeforeEach
    void start() {
        pool = PostgresFixture.database("placement").migrated().system().pool("placement", 16);
        transactions = new Transactions(pool, pool, new Wakeups());
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void claimsMadeAtOnceByManyProcessesNeverOversellAHost() throws Exception {
        for (int i = 0; i < 3; i++) {
            host("h" + i, "nova", 4, 8192, 100, "up", null);
        }
        List<Future<Placed>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 60; i++) {
                all.add(threads.submit(() -> place(demand(1, 1024, 1))));
            }
        }
        long placed = 0;
        for (Future<Placed> one : all) {
            if (one.get() instanceof Placed.On) {
                placed++;
            }
        }
        // (8192 - 512 reserved) / 1024 = 7 on each of three hosts.
        assertThat(placed).isEqualTo(21);
        assertThat(numbers("select used_memory_mib from host")).containsExactly(7168L, 7168L, 7168L);
        assertThat(numbers("select count(*) from claim group by host_id")).containsExactly(7L, 7L, 7L);
        assertThat(numbers("select guests from host")).containsExactly(7L, 7L, 7L);
    }

    @Test
    void whatIsReleasedCanBeClaimedAgain() {
        host("h", "nova", 1, 1536, 10, "up", null);
        Demand first = demand(1, 1024, 10);
        assertThat(place(first)).isInstanceOf(Placed.On.class);
        assertThat(place(demand(1, 1024, 1))).isInstanceOf(Placed.Nowhere.class);
        transactions.doAsSystem(db -> {
            placement.release(db, first.server());
            placement.release(db, first.server());
        });
        assertThat(place(demand(1, 1024, 10))).isInstanceOf(Placed.On.class);
    }

    @Test
    void theShortageIsNamedToTheProviderWithFiguresAndToTheCustomerWithWhatToDo() {
        assertNowhere(
                demand(1, 1, 1),
                "hosts",
                "There is no host for servers yet. Ask the provider.",
                "There is no host yet.");
        host("small", "nova", 2, 4608, 100, "up", null);
        host("large", "nova", 2, 20992, 10, "up", null);
        String advice = " Choose a smaller flavor, try again later, or ask the provider.";
        assertNowhere(
                demand(1, 65536, 1),
                "memory",
                "No host has room for 65536 MiB of memory at present." + advice,
                "No host has 65536 MiB of memory free; the roomiest has 20480 MiB.");
        assertNowhere(
                demand(9, 64, 1),
                "vcpus",
                "No host has room for 9 vCPUs and 64 MiB of memory at present." + advice,
                "No host has 9 vCPUs and 64 MiB of memory free; the roomiest has 8 vCPUs.");
        assertNowhere(
                demand(1, 8192, 40),
                "disk",
                "No host has room for 40 GiB of disk beside 1 vCPU and 8192 MiB of memory at present." + advice,
                "No host has 40 GiB of disk free beside enough memory and vCPUs; the roomiest has 10 GiB.");
        assertNowhere(
                new Demand(UUID.randomUUID(), "p", 1, 64, 1, "west", null, false, false, Company.NONE),
                "zone",
                "There is no host in availability zone west. Choose another zone.",
                "There is no host in availability zone west.");
        assertNowhere(
                new Demand(UUID.randomUUID(), "p", 1, 64, 1, null, null, true, false, Company.NONE),
                "firmware",
                "The image boots by UEFI, which no host can do. Choose an image that boots by BIOS, or ask the provider.",
                "The image boots by UEFI, and no host has UEFI firmware installed.");
        assertNowhere(
                withLocalDisks(),
                "node",
                "No host can give the server an ephemeral disk or swap at present."
                        + " Choose a flavor without them, or ask the provider.",
                "The server has an ephemeral disk or swap, and no host's node is new enough to make them. Update the nodes.");
        host("own", "nova", 2, 4608, 100, "up", "p");
        assertNowhere(
                demand(1, 65536, 1),
                "memory",
                "None of your dedicated hosts has room for 65536 MiB of memory at present."
                        + " Choose a smaller flavor, remove servers that you do not need, or ask the provider for another host.",
                "No host has 65536 MiB of memory free; the roomiest has 4096 MiB.");
    }

    private void assertNowhere(Demand demand, String shortage, String sentence, String found) {
        assertThat(place(demand)).isEqualTo(new Placed.Nowhere(shortage, sentence, found));
        assertThat(decisions(demand)).extracting(Decision::sentence).containsExactly(found);
    }

    @Test
    void aSilentHostIsWaitedFor() {
        host("h", "nova", 2, 4608, 100, "unknown", null);
        assertThat(place(demand(1, 64, 1))).isInstanceOf(Placed.Later.class);
    }

    @Test
    void theHostWithMostMemoryFreeIsTaken() {
        host("a", "nova", 8, 4608, 100, "up", null);
        host("b", "nova", 8, 6656, 100, "up", null);
        assertThat(placedNames(4, demandOf(1024))).containsExactly("b", "b", "a", "b");
    }

    @Test
    void aDedicatedHostTakesItsOwnersServersOnly() {
        host("theirs", "nova", 8, 65536, 100, "up", "someone-else");
        assertThat(place(demand(1, 64, 1)))
                .isEqualTo(new Placed.Nowhere(
                        "owner",
                        "No host is open to the server at present. Ask the provider.",
                        "All hosts are dedicated to other customers."));
    }

    @Test
    void aCustomerWithADedicatedHostHasItsServersThereAndNowhereElse() {
        host("everybodys", "nova", 8, 65536, 100, "up", null);
        UUID own = host("own", "nova", 8, 2048, 100, "up", "p");
        assertThat(place(demand(1, 1024, 1))).isEqualTo(new Placed.On(own, "own", "nova"));
        assertThat(place(demand(1, 1024, 1)))
                .as("the shared host has room, but is not for it")
                .isInstanceOf(Placed.Nowhere.class);
    }

    @Test
    void membersOfAGroupAreKeptApart() {
        UUID used = host("used", "nova", 8, 65536, 100, "up", null);
        Company apart = new Company(Wish.APART, Set.of(used));
        Demand demand = new Demand(UUID.randomUUID(), "p", 1, 64, 1, null, null, false, false, apart);
        assertThat(place(demand))
                .isEqualTo(new Placed.Nowhere(
                        "company",
                        "Every host has a server of the same server group already."
                                + " Choose a group with the policy soft-anti-affinity, or none.",
                        "Every host has a server of the same server group already."));
        UUID free = host("free", "nova", 8, 2048, 100, "up", null);
        assertThat(place(demand)).isEqualTo(new Placed.On(free, "free", "nova"));
    }

    @Test
    void itIsKnownWhyAServerIsOnItsHost() {
        host("small", "nova", 8, 4608, 100, "up", null);
        host("large", "nova", 8, 6656, 100, "up", null);
        Demand demand = demand(2, 1024, 5);
        place(demand);
        assertThat(decisions(demand)).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo("placed");
            assertThat(decision.host()).isEqualTo("large");
            assertThat(decision.search().wanted())
                    .isEqualTo(new Decision.Wanted(2, 1024, 5, null, null, false, "none"));
            assertThat(decision.search().hosts())
                    .as("best first, with what was free before the claim")
                    .containsExactly(
                            new Decision.Compared("large", "nova", 32, 6144, 100, 0, null),
                            new Decision.Compared("small", "nova", 32, 4096, 100, 0, null));
        });
    }

    @Test
    void itIsKnownWhyAServerHasNoHostOnceForAsLongAsItIsTheSame() {
        host("theirs", "nova", 8, 65536, 100, "up", "someone-else");
        host("full", "nova", 8, 2048, 100, "up", null);
        host("away", "nova", 8, 65536, 100, "unknown", null);
        host("narrow", "nova", 1, 65536, 100, "up", null);
        Demand demand = demand(6, 4096, 5);
        for (int i = 0; i < 3; i++) {
            place(demand);
        }
        assertThat(decisions(demand)).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo("later");
            assertThat(decision.search().steps())
                    .containsExactly(
                            new Decision.Step("owner", 4, 3),
                            new Decision.Step("memory", 3, 2),
                            new Decision.Step("vcpus", 2, 1),
                            new Decision.Step("silent", 1, 0));
            assertThat(decision.search().hosts())
                    .extracting(Decision.Compared::name, Decision.Compared::lacks)
                    .containsExactly(
                            tuple("theirs", "owner"),
                            tuple("full", "memory"),
                            tuple("narrow", "vcpus"),
                            tuple("away", "silent"));
        });
    }

    @Test
    void onlyTheNewestSearchesOfAServerAreKept() {
        host("h", "nova", 8, 65536, 100, "up", null);
        Demand demand = demand(1, 64, 1);
        for (int i = 0; i < Decisions.KEPT + 3; i++) {
            place(demand);
            transactions.doAsSystem(db -> placement.release(db, demand.server()));
        }
        assertThat(decisions(demand)).hasSize(Decisions.KEPT);
    }

    @Test
    void aServerWithDisksBesideItsOwnGoesToAHostWhoseNodeMakesThem() {
        UUID old = host("old", "nova", 8, 65536, 100, "up", null);
        UUID updated = host("updated", "nova", 8, 4608, 100, "up", null);
        protocol(old, 3);
        protocol(updated, 4);
        assertThat(place(withLocalDisks())).isEqualTo(new Placed.On(updated, "updated", "nova"));
        assertThat(place(demand(1, 64, 1)))
                .as("the roomiest, for all others")
                .isEqualTo(new Placed.On(old, "old", "nova"));
        assertThat(transactions.<Boolean>asSystem(db -> placement.makesLocalDisks(db, old)))
                .isFalse();
        assertThat(transactions.<Boolean>asSystem(db -> placement.makesLocalDisks(db, updated)))
                .isTrue();
    }

    private static Demand withLocalDisks() {
        return new Demand(UUID.randomUUID(), "p", 1, 64, 1, null, null, false, true, Company.NONE);
    }

    private void protocol(UUID host, int protocol) {
        transactions.doAsSystem(db -> db.sql("update host set protocol = ? where id = ?")
                .params(protocol, host)
                .update());
    }

    private List<Decision> decisions(Demand demand) {
        return transactions.asSystem(db -> decisions.of(db, demand.server()));
    }

    private List<String> placedNames(int count, java.util.function.Supplier<Demand> demands) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(((Placed.On) place(demands.get())).hostName());
        }
        return names;
    }

    private static java.util.function.Supplier<Demand> demandOf(long memoryMib) {
        return () -> demand(1, memoryMib, 1);
    }

    private static Demand demand(int vcpus, long memoryMib, long diskGib) {
        return new Demand(UUID.randomUUID(), "p", vcpus, memoryMib, diskGib, null, null, false, false, Company.NONE);
    }

    private Placed place(Demand demand) {
        return transactions.asSystem(db -> placement.place(db, demand));
    }

    private List<Long> numbers(String sql) {
        return transactions.asSystem(db -> db.sql(sql).query(Long.class).list());
    }

    private UUID host(String name, String zone, int vcpus, long memory, long disk, String state, String project) {
        UUID id = UUID.randomUUID();
        transactions.doAsSystem(db -> db.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi, project_id)
                        values (?, ?, ?, ?, '{}', ?, ?, ?, false, ?)
                        """)
                .params(id, name, zone, state, vcpus, memory, disk, project)
                .update());
        return id;
    }
}
