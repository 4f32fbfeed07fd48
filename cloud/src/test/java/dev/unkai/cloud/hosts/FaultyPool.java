package dev.unkai.cloud.hosts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A connection pool whose n-th statement or commit fails, once; a commit may fail before or after it took effect. */
public final class FaultyPool {
    private final DataSource real;
    private final AtomicInteger countdown = new AtomicInteger(-1);

    public FaultyPool(DataSource real) {
        this.real = real;
    }

    /** The {@code n}-th call to the database from now on fails, counted from 1. */
    public void failAt(int n) {
        countdown.set(n);
    }

    /** Whether the failure is still to come. */
    public boolean isPending() {
        return countdown.get() > 0;
    }

    public DataSource dataSource() {
        return proxy(
                DataSource.class,
                real,
                (method, answer) -> answer instanceof Connection connection ? connection(connection) : answer);
    }

    private Connection connection(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, answer) -> answer instanceof PreparedStatement statement
                        ? proxy(PreparedStatement.class, statement, (m, a) -> a)
                        : answer);
    }

    private boolean isDue(Method method) {
        boolean counts =
                method.getName().startsWith("execute") || method.getName().equals("commit");
        return counts && countdown.getAndUpdate(n -> n > 0 ? n - 1 : n) == 1;
    }

    private interface Answer {
        Object of(Method method, Object answer);
    }

    private <T> T proxy(Class<T> type, T target, Answer answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    boolean due = isDue(method);
                    try {
                        if (due && !method.getName().equals("commit")) {
                            throw new SQLException("The connection broke (by the test)", "08006");
                        }
                        Object answer = method.invoke(target, arguments);
                        if (due) {
                            throw new SQLException("The connection broke after the commit (by the test)", "08006");
                        }
                        return answers.of(method, answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
