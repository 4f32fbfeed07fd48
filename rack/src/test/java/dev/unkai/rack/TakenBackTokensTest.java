package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A token that was taken back stays void, whichever process died meanwhile. */
@ExtendWith(RunningSite.class)
class TakenBackTokensTest {
    private static final String PATH = "/compute/v2.1/flavors";

    @Test
    void aTokenTakenBackWhileTheCloudIsDownIsRefusedFromItsFirstAnswerOn(Site site) {
        Api good = Api.as(site, "sample-shared");
        Api bad = Api.as(site, "sample-shared");
        bad.get(PATH).expect(200);

        site.hold("cloud");
        try {
            String identity = "https://127.0.0.1:" + (site.port() + 1);
            assertThat(Api.at(site, "sample-shared", identity)
                            .revoke(bad.token())
                            .status())
                    .isEqualTo(204);
        } finally {
            site.release("cloud");
        }
        assertThat(firstAnswer(bad)).isEqualTo(401);
        good.get(PATH).expect(200);

        // With identity away too, what the cloud has written down of it holds.
        site.hold("identity");
        try {
            site.kill9("cloud");
            assertThat(firstAnswer(bad)).isEqualTo(401);
            good.get(PATH).expect(200);
        } finally {
            site.release("identity");
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                good.logIn(good.credentials().get("password")).status())
                        .isEqualTo(201));
    }

    /** The first status that tells anything of the token: not that nobody listens yet, nor that nothing can be checked yet. */
    private static int firstAnswer(Api api) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> api.get(PATH).status(), status -> !Set.of(0, 503).contains(status));
    }
}
