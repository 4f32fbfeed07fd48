package dev.unkai.cloud.hosts.link;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.Guests;
import dev.unkai.cloud.hosts.PasswordObserver;
import dev.unkai.wire.node.GuestPassword;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes what guests leave as their administrators' passwords, from the host that a guest is on and from no other. */
@Component
class GuestPasswordReports {
    /** Nova's: 4 times 255. */
    private static final int MOST_BYTES = 1020;

    private final Transactions transactions;
    private final Guests guests;
    private final PasswordObserver observer;

    GuestPasswordReports(Transactions transactions, Guests guests, PasswordObserver observer) {
        this.transactions = transactions;
        this.guests = guests;
        this.observer = observer;
    }

    /** False when there is one already. */
    boolean take(UUID host, GuestPassword left) {
        String password = left.getPassword();
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_BYTES || password.indexOf('\0') >= 0) {
            throw Refusal.invalid("A password has 1 to " + MOST_BYTES + " bytes of text.");
        }
        UUID guest = UUID.fromString(left.getGuestId());
        return transactions.<Boolean>asSystem(db -> {
            if (!guests.isOn(db, guest, host)) {
                throw Refusal.notFound("The guest is not on this host.");
            }
            return observer.left(db, guest, password);
        });
    }
}
