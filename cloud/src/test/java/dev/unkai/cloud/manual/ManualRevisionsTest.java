package dev.unkai.cloud.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.manual.ManualSections.Section;
import dev.unkai.cloud.notice.Notices;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ManualRevisionsTest {
    private static RunningCloud cloud;

    @BeforeAll
    static void start() {
        cloud = RunningCloud.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void aRevisionIsToldOnceWhicheverProcessSeesItAndAnOlderProcessBesideItTellsNothing() throws Exception {
        ManualSections first = manual("a1", "b1");
        process(first).step();
        int before = notices().size();

        ManualSections second = manual("a1", "b2");
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> done = all.invokeAll(IntStream.range(0, 6)
                    .<Callable<Boolean>>mapToObj(_ -> () -> process(second).step())
                    .toList());
            for (Future<Boolean> one : done) {
                assertThat(one.get()).isFalse();
            }
        }
        process(second).step();
        process(first).step();

        List<String> told = notices();
        assertThat(told).hasSize(before + 1);
        assertThat(told.getLast()).contains("- Networks").doesNotContain("Start");
    }

    @Test
    void itNamesNewSectionsAsNewAndCountsThoseThatAreNoMore() {
        var said = new ManualSections(List.of(new Section("a", "ア", "A", "1"), new Section("c", "ウ", "C", "1")))
                .announced(manual("1", "1").digests(), Clock.systemUTC().instant());

        assertThat(said.textEn()).contains("- C (new)").contains("no more: 2").doesNotContain("- Networks");
        assertThat(said.textJa()).contains("・ウ（新規）").contains("廃止した項目: 2");
    }

    private static ManualSections manual(String start, String networks) {
        return new ManualSections(List.of(
                new Section("start", "はじめに", "Start", start), new Section("networks", "ネットワーク", "Networks", networks)));
    }

    private static ManualRevisions process(ManualSections manual) {
        ConfigurableApplicationContext context = cloud.context();
        return new ManualRevisions(
                context.getBean(Transactions.class),
                context.getBean(Notices.class),
                context.getBean(Clock.class),
                Optional.of(manual));
    }

    private static List<String> notices() {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql("select text_en from notice order by number")
                        .query(String.class)
                        .list());
    }
}
