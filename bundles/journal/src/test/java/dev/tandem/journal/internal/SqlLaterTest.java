package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Sql;
import dev.tandem.journal.testing.OnBothDatabases;

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
}
