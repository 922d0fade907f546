package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.testing.TestDatabase;

/** A connection that is kept for long, over which the same is asked again and again. */
public class OwnLineTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicInteger open = new AtomicInteger();

    /** Hands out connections that count the statements which were prepared and not closed. */
    private DataSource counted(DataSource real) {
        return seen(
                DataSource.class,
                real,
                made -> made instanceof Connection connection
                        ? seen(Connection.class, connection, this::statement)
                        : made);
    }

    private Object statement(Object made) {
        if (!(made instanceof PreparedStatement statement)) {
            return made;
        }
        open.incrementAndGet();
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (self, method, values) -> {
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                    }
                    try {
                        return method.invoke(statement, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static <T> T seen(Class<T> type, T real, UnaryOperator<Object> result) {
        return type.cast(Proxy.newProxyInstance(
                OwnLineTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    try {
                        return result.apply(method.invoke(real, values));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    public void whatIsAskedOftenLeavesNoStatementsBehind() throws Exception {
        var database = new SqlDatabase(
                counted(TestDatabase.POSTGRESQL.durable(folder.getRoot().toPath())));
        try {
            var line = new OwnLine(database, "test");
            line.open();
            assertEquals(Optional.of(7L), line.sql().first("SELECT ?::bigint", row -> row.getLong(1), 7));
            int before = open.get();
            for (long i = 0; i < 100; i++) {
                assertEquals(Optional.of(i), line.sql().first("SELECT ?::bigint", row -> row.getLong(1), i));
            }
            assertEquals(before, open.get());
            line.close();
            assertFalse(line.isOpen());
        } finally {
            database.close();
        }
    }
}
