package dev.tandem.journal.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.ServerSocket;
import java.sql.SQLException;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.postgresql.ds.PGSimpleDataSource;

import dev.tandem.journal.testing.TestDatabase;

/** What callers are told of a database that fails: to come again, or that it is no use. */
public class SqlFaultsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void databaseThatCannotBeReachedIsPassing() throws Exception {
        var nowhere = new PGSimpleDataSource();
        try (var port = new ServerSocket(0)) {
            nowhere.setUrl("jdbc:postgresql://127.0.0.1:" + port.getLocalPort() + "/x");
        }
        assertTrue(new DatabaseException("reading failed", failure(nowhere)).passing());
    }

    @Test
    public void connectionThatIsKilledIsPassing() throws Exception {
        var source = TestDatabase.POSTGRESQL.durable(folder.getRoot().toPath());
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            var killed = new SQLException[1];
            try {
                statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
            } catch (SQLException e) {
                killed[0] = e;
            }
            assertTrue(new DatabaseException("reading failed", killed[0]).passing());
        }
    }

    @Test
    public void transactionThatSleptTooLongIsPassing() {
        assertTrue(SqlFaults.absent(new SQLException("terminating connection", "25P03")));
    }

    @Test
    public void connectionThatThePoolHasClosedIsPassing() {
        assertTrue(SqlFaults.absent(new SQLException("Connection is closed")));
    }

    @Test
    public void wrongStatementIsNot() throws Exception {
        for (var database : TestDatabase.values()) {
            try (var connection = database.durable(folder.getRoot().toPath()).getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("SELECT nothing FROM nowhere");
                throw new AssertionError("no failure");
            } catch (SQLException e) {
                assertFalse(new DatabaseException("reading failed", e).passing());
            }
        }
    }

    private static SQLException failure(PGSimpleDataSource source) {
        try {
            source.getConnection().close();
            throw new AssertionError("somebody listens there");
        } catch (SQLException e) {
            return e;
        }
    }
}
