package dev.unkai.base.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings wake-ups of other processes here through PostgreSQL LISTEN, on one connection of its own. */
public final class NotificationListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);
    private static final int WAIT_MILLIS = 1_000;

    private final DatabaseAccess access;
    private final Wakeups wakeups;
    private volatile boolean closed;

    public NotificationListener(DatabaseAccess access, Wakeups wakeups) {
        this.access = access;
        this.wakeups = wakeups;
    }

    public void start() {
        Thread.ofVirtual().name("notification-listener").start(this::run);
    }

    private void run() {
        boolean troubled = false;
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password())) {
                for (String channel : wakeups.channels()) {
                    try (var statement = connection.createStatement()) {
                        statement.execute("listen \"" + channel.replace("\"", "") + "\"");
                    }
                }
                wakeups.channels().forEach(wakeups::wake);
                troubled = false;
                deliver(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                tell(troubled, e.toString(), null);
                troubled = true;
                pause();
            } catch (RuntimeException | Error e) { // of who was woken; without this thread all would wait for timers
                tell(troubled, e.toString(), e);
                troubled = true;
                pause();
            }
        }
    }

    /** Once, until they come again. */
    private void tell(boolean told, String why, @Nullable Throwable trace) {
        if (!told && !closed) {
            log.warn("The database does not deliver notifications; timers go on meanwhile: {}", why, trace);
        }
    }

    private void deliver(PGConnection connection) throws SQLException {
        while (!closed) {
            var notifications = connection.getNotifications(WAIT_MILLIS);
            if (notifications == null) {
                continue;
            }
            for (var notification : notifications) {
                wakeups.notified(notification.getName(), notification.getParameter());
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
