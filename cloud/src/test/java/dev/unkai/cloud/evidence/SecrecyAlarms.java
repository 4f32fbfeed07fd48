package dev.unkai.cloud.evidence;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.evidence.store.DisclosureStore;
import dev.unkai.cloud.evidence.store.PackageStore;
import dev.unkai.cloud.evidence.store.SecrecyStore;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.MailOutbox;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationContext;

/** The alarms of periods that end, looked for at a time of the test's choice. */
public final class SecrecyAlarms {
    private SecrecyAlarms() {}

    public static void lookAt(ApplicationContext cloud, Instant time) {
        new SecrecyEnds(
                        cloud.getBean(Transactions.class),
                        cloud.getBean(SecrecyStore.class),
                        cloud.getBean(PackageStore.class),
                        cloud.getBean(DisclosureStore.class),
                        cloud.getBean(MailOutbox.class),
                        cloud.getBean(Desk.class),
                        "officers@provider.example",
                        Clock.fixed(time, ZoneOffset.UTC))
                .step();
    }
}
