package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Sql;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestDatabase;

/** Statements that are put off: what keeps its order, and when they are run. */
public class SqlLaterTest extends OnBothDatabases {
    private static final String ADD = "INSERT INTO thing (name, value) VALUES (?, ?)";
    private static final String SET = "UPDATE thing SET value = ? WHERE name = ?";
    private static final String TIMES = "UPDATE thing SET value = value * ? WHERE name = ?";

    private Connection connection;
    private Sql sql;

    @Before
    public void open() throws SQLException {
        connection = durable().getConnection();
        connection.setAutoCommit(false);
        sql = new Sql(connection, true);
        sql.update("CREATE TABLE thing (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)");
    }

    @After
    public void close() throws SQLException {
        connection.close();
    }

    private List<Long> values() throws SQLException {
        return sql.all("SELECT value FROM thing ORDER BY name", row -> row.getLong(1));
    }

    @Test
    public void ofOneRowTheOrderIsKept() throws SQLException {
        sql.later("a", ADD, "a", 1);
        sql.later("b", ADD, "b", 2);
        sql.later("a", SET, 10, "a");
        sql.later("a", TIMES, 3, "a");
        sql.later("b", TIMES, 5, "b");
        sql.later("b", SET, 7, "b");
        sql.later("a", SET, 40, "a");
        sql.later("b", TIMES, 2, "b");
        assertEquals(List.of(40L, 14L), values());
    }

    @Test
    public void whatIsAskedNextSeesIt() throws SQLException {
        sql.later("a", ADD, "a", 1);
        assertEquals(1, sql.update(SET, 2, "a"));
        sql.later("a", TIMES, 4, "a");
        assertEquals(
                Long.valueOf(8),
                sql.first("SELECT value FROM thing", row -> row.getLong(1)).orElseThrow());
    }

    @Test
    public void theTransactionTakesItAlong() throws SQLException {
        sql.later("a", ADD, "a", 1);
        sql.flush();
        connection.commit();
        sql.later("b", ADD, "b", 1);
        sql.forget();
        connection.rollback();
        assertEquals(List.of(1L), values());
    }

    @Test
    public void aFailureComesWithWhateverIsRunNext() throws SQLException {
        sql.later("a", ADD, "a", 1);
        sql.later("b", ADD, "a", 2);
        assertThrows(SQLException.class, this::values);
        connection.rollback();
    }

    @Test
    public void whatHasFailedIsNotForgottenUntilItsTransactionIs() throws SQLException {
        var textless = new Object() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("no text");
            }
        };
        sql.later("a", SET, textless, "a");
        sql.later("b", ADD, "b", 1);
        assertThrows(UnsupportedOperationException.class, this::values);
        assertThrows("nothing is left out", UnsupportedOperationException.class, sql::flush);
        sql.forget();
        assertEquals(List.of(), values());
    }

    private void end() throws SQLException {
        sql.flushWith("UPDATE thing SET value = value + ? WHERE name = ?; COMMIT", (statement, first) -> {
            statement.setLong(first, 100);
            statement.setString(first + 1, "a");
        });
    }

    @Test
    public void whoEndsTheTransactionSendsItAlong() throws SQLException {
        assumeTrue("on SQLite nothing is put off", database == TestDatabase.POSTGRESQL);
        connection.commit();
        sql.later("a", ADD, "a", 1);
        sql.later("a", TIMES, 3, "a");
        assertTrue(sql.defers());
        end();
        assertFalse(sql.defers());
        connection.rollback();
        assertEquals("in this order, and durable", List.of(103L), values());

        sql.later("b", ADD, "b", 1);
        sql.later("c", ADD, "c", 1);
        sql.later("a", SET, 7, "a");
        end();
        connection.rollback();
        assertEquals("many of one text go before", List.of(107L, 1L, 1L), values());

        end();
        connection.rollback();
        assertEquals("nothing was put off", List.of(207L, 1L, 1L), values());
    }

    @Test
    public void ofWhatFailsTogetherNothingStays() throws SQLException {
        assumeTrue("on SQLite nothing is put off", database == TestDatabase.POSTGRESQL);
        sql.update(ADD, "a", 1);
        connection.commit();
        sql.later("a", SET, 2, "a");
        sql.later("b", ADD, "a", 1);
        assertThrows(SQLException.class, this::end);
        sql.forget();
        connection.rollback();
        assertEquals(List.of(1L), values());
    }

    @Test
    public void whatIsAbsentNowAndThenIsNotPreparedAnew() throws SQLException {
        assumeTrue("on SQLite nothing is put off", database == TestDatabase.POSTGRESQL);
        sql.update("ALTER TABLE thing ALTER COLUMN value DROP NOT NULL");
        sql.update(ADD, "a", 1);
        for (int i = 0; i < 10; i++) {
            sql.update(SET, Optional.of(5L), "a");
        }
        var before = prepared();
        assertEquals(1, before.size());
        for (int i = 0; i < 3; i++) {
            sql.update(SET, Optional.empty(), "a");
            assertEquals(List.of(0L), values());
            sql.update(SET, Optional.of(6L), "a");
            assertEquals(List.of(6L), values());
        }
        assertEquals(before, prepared());
    }

    /** When statements of that text were prepared by the server. */
    private List<String> prepared() throws SQLException {
        return sql.all(
                "SELECT prepare_time::text FROM pg_prepared_statements WHERE statement LIKE 'UPDATE thing SET value = $1 %'",
                row -> row.getString(1));
    }
}
