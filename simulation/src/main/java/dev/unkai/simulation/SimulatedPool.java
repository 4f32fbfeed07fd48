package dev.unkai.simulation;

import dev.unkai.simulation.SimulatedDatabase.Physical;
import dev.unkai.simulation.SimulatedDatabase.Role;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The connections of one process to the database: every statement and every commit is a point where it may die or lose it. */
final class SimulatedPool extends AbstractDataSource {
    private static final String NOTIFY = "select pg_notify(";

    /** Who hears of commits. */
    interface Commits {
        /** @param woken the channels that PostgreSQL notifies */
        void committed(Life by, List<String> woken);
    }

    private final SimulatedDatabase database;
    private final Role role;
    private final Life life;
    private final BreakingPoints points;
    private final Trace trace;
    private final Commits commits;

    SimulatedPool(
            SimulatedDatabase database, Role role, Life life, BreakingPoints points, Trace trace, Commits commits) {
        this.database = database;
        this.role = role;
        this.life = life;
        this.points = points;
        this.trace = trace;
        this.commits = commits;
    }

    DataSource asDataSource() {
        return this;
    }

    @Override
    public Connection getConnection() throws SQLException {
        points.passDatabase(life, "before a transaction");
        return proxy(Connection.class, new Session(database.lease(role)));
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private final class Session implements InvocationHandler {
        private final Physical physical;
        private final List<String> woken = new ArrayList<>();
        private boolean broken;
        private boolean closed;

        Session(Physical physical) {
            this.physical = physical;
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "commit" -> {
                    guarded(() -> points.passDatabase(life, "before a commit"));
                    physical.connection.commit();
                    commits.committed(life, List.copyOf(woken));
                    woken.clear();
                    guarded(() -> points.passDatabase(life, "after a commit"));
                    return null;
                }
                case "rollback" -> {
                    woken.clear();
                    physical.connection.rollback();
                    return null;
                }
                case "close" -> {
                    if (!closed) {
                        closed = true;
                        database.giveBack(role, physical);
                    }
                    return null;
                }
                case "isClosed" -> {
                    return closed;
                }
                case "prepareStatement" -> {
                    refuseWhenBroken();
                    PreparedStatement real = (PreparedStatement)
                            java.util.Objects.requireNonNull(call(physical.connection, method, arguments));
                    String sql = String.valueOf(java.util.Objects.requireNonNull(arguments)[0]);
                    return proxy(PreparedStatement.class, new Prepared(this, real, sql));
                }
                default -> {
                    return call(physical.connection, method, arguments);
                }
            }
        }

        private void refuseWhenBroken() throws SQLException {
            if (broken) {
                throw new SQLException("The connection is broken", "08003");
            }
        }

        private void guarded(Point point) throws SQLException {
            refuseWhenBroken();
            try {
                point.pass();
            } catch (SQLException e) {
                broken = true;
                throw e;
            }
        }
    }

    private interface Point {
        void pass() throws SQLException;
    }

    private final class Prepared implements InvocationHandler {
        private final Session session;
        private final PreparedStatement real;
        private final String sql;
        private @Nullable Object first;

        Prepared(Session session, PreparedStatement real, String sql) {
            this.session = session;
            this.real = real;
            this.sql = sql;
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.startsWith("set")
                    && arguments != null
                    && Integer.valueOf(1).equals(arguments[0])) {
                first = arguments[1];
            }
            if (!name.startsWith("execute")) {
                return call(real, method, arguments);
            }
            trace.mix(sql);
            session.guarded(() -> points.passDatabase(life, "before: " + opening()));
            Object answer = call(real, method, arguments);
            if (sql.startsWith(NOTIFY) && first instanceof String[] channels) {
                session.woken.addAll(List.of(channels));
            }
            return answer;
        }

        private String opening() {
            String line = sql.strip().replaceAll("\\s+", " ");
            return line.substring(0, Math.min(70, line.length()));
        }
    }
}
