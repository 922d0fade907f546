package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.postgresql.ds.PGSimpleDataSource;

import dev.tandem.journal.internal.DatabaseDoor.State;
import dev.tandem.journal.testing.TestDatabase;

/** A node whose database is not there, or not fit, waits for it and says why. */
public class DatabaseDoorTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<SqlDatabase> published = new LinkedBlockingQueue<>();
    private final BlockingQueue<SqlDatabase> withdrawn = new LinkedBlockingQueue<>();
    private final List<DatabaseDoor> doors = new ArrayList<>();

    @After
    public void close() {
        doors.forEach(DatabaseDoor::close);
    }

    private DatabaseDoor door() {
        return door(Clock.systemUTC());
    }

    private DatabaseDoor door(Clock system) {
        DatabaseDoor.Publisher publisher = database -> {
            published.add(database);
            return () -> withdrawn.add(database);
        };
        var door = new DatabaseDoor(new Opening(system), publisher, OFTEN, told::add);
        doors.add(door);
        return door;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(30, TimeUnit.SECONDS);
        assertTrue("nothing came", next != null);
        return next;
    }

    /** It is open once all who stand on the database have had their turn, a little after it was published. */
    private void awaitOpen(DatabaseDoor door) throws InterruptedException {
        for (int tried = 0; !(door.state() instanceof State.Open); tried++) {
            assertTrue("not open: " + door.state(), tried < 3000);
            withdrawn.poll(10, TimeUnit.MILLISECONDS);
        }
    }

    private DataSource fresh(TestDatabase kind) {
        return kind.durable(Path.of(folder.getRoot().toURI()));
    }

    /** A database of the same server: TestDatabase itself makes schemas. */
    private PGSimpleDataSource postgres(String name) throws SQLException {
        var made = (PGSimpleDataSource) fresh(TestDatabase.POSTGRESQL);
        made.setDatabaseName(name);
        made.setProperty(org.postgresql.PGProperty.CURRENT_SCHEMA.getName(), "public");
        return made;
    }

    private static void sql(DataSource source, String statement) throws SQLException {
        try (var connection = source.getConnection();
                var made = connection.createStatement()) {
            made.execute(statement);
        }
    }

    private State.Waiting waiting(DatabaseDoor door) {
        assertTrue("nothing may be published", published.isEmpty());
        return (State.Waiting) door.state();
    }

    @Test
    public void aDatabaseThatIsThereIsThereWhenTheStartIsOver() {
        for (var kind : TestDatabase.values()) {
            var door = door();
            door.bind(fresh(kind));
            door.start();
            assertTrue(door.state() instanceof State.Open);
            var database = published.remove();
            assertEquals(
                    1,
                    database.read(sql -> sql.first("SELECT 1", row -> row.getInt(1)))
                            .orElseThrow()
                            .intValue());
            door.close();
            assertEquals(database, withdrawn.remove());
        }
        assertTrue("nothing was wrong: " + told, told.isEmpty());
    }

    @Test
    public void oneThatIsAwayIsWaitedForAndStartsByItself() throws Exception {
        var source = new Switched(fresh(TestDatabase.POSTGRESQL));
        source.away = true;
        var door = door();
        door.bind(source);
        door.start();
        var reason = waiting(door).reason();
        assertTrue(reason, reason.contains("cannot be reached (Connection to db.example:5432 refused"));
        source.awaitTries(5);
        var line = next(told);
        assertTrue(line, line.startsWith("Tandem waits for its database. ") && line.contains(reason));
        assertTrue("the same is not said again: " + told, told.isEmpty());
        source.away = false;
        var database = next(published);
        database.read(sql -> sql.first("SELECT 1", row -> row.getInt(1)));
        awaitOpen(door);
        assertTrue(withdrawn.isEmpty());
    }

    @Test
    public void anotherReasonIsSaidAtOnce() throws Exception {
        var source = new Switched(fresh(TestDatabase.POSTGRESQL));
        source.away = true;
        var clock = new ShiftedClock();
        clock.by = Duration.ofSeconds(5);
        var door = door(clock);
        door.bind(source);
        door.start();
        assertTrue(next(told).contains("cannot be reached"));
        source.away = false;
        var second = next(told);
        assertTrue(second, second.contains("The clock of this computer is 5."));
        assertTrue(second, second.contains("ahead of the database's"));
        clock.by = Duration.ZERO;
        next(published);
    }

    @Test
    public void aClockThatIsBehindIsRefusedAndOneThatIsAlmostRightIsNot() {
        var clock = new ShiftedClock();
        clock.by = Duration.ofMillis(-1500);
        var behind = door(clock);
        behind.bind(fresh(TestDatabase.POSTGRESQL));
        behind.start();
        assertEquals("clock", waiting(behind).code());
        assertTrue(waiting(behind).reason().contains("behind the database's"));
        behind.close();
        clock.by = Duration.ofMillis(-500);
        var almost = door(clock);
        almost.bind(fresh(TestDatabase.POSTGRESQL));
        almost.start();
        assertTrue(almost.state() instanceof State.Open);
    }

    @Test
    public void tablesOfALaterReleaseAreRefusedOnBoth() throws Exception {
        for (var kind : TestDatabase.values()) {
            var source = fresh(kind);
            new SqlDatabase(source).close();
            sql(source, "INSERT INTO journal_migration VALUES ('journal', 3, '003_future.sql', 'x')");
            var door = door();
            door.bind(source);
            door.start();
            assertEquals("newer", waiting(door).code());
            var reason = waiting(door).reason();
            assertTrue(reason, reason.contains("003_future.sql was run and is not known here"));
            assertTrue(reason, reason.contains("Install the newer release on this node"));
            sql(source, "DELETE FROM journal_migration WHERE number = 3");
            next(published);
        }
    }

    @Test
    public void aDatabaseThatIsNotUnicodeIsRefused() throws Exception {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        sql(
                fresh(TestDatabase.POSTGRESQL),
                "CREATE DATABASE " + name + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        var door = door();
        door.bind(postgres(name));
        door.start();
        assertEquals("encoding", waiting(door).code());
        assertTrue(waiting(door).reason().contains("LATIN1"));
    }

    @Test
    public void aMissingDatabaseIsNamedAndFoundOnceItIsMade() throws Exception {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        var door = door();
        door.bind(postgres(name));
        door.start();
        assertEquals("missing", waiting(door).code());
        assertTrue(waiting(door).reason(), waiting(door).reason().contains(name));
        sql(fresh(TestDatabase.POSTGRESQL), "CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
        assertTrue(next(published).product().startsWith("PostgreSQL "));
    }

    @Test
    public void aDataSourceThatIsReplacedTakesTheDatabaseAlong() throws Exception {
        var first = fresh(TestDatabase.SQLITE);
        var door = door();
        door.bind(first);
        door.start();
        var before = published.remove();
        var second = fresh(TestDatabase.SQLITE);
        door.bind(second);
        door.unbind(first);
        assertEquals("it has left before the pool goes", before, withdrawn.remove());
        assertTrue(next(published) != before);
        door.unbind(second);
        assertEquals("source", ((State.Waiting) door.state()).code());
    }

    @Test
    public void noPasswordIsEverSaid() {
        var failure = new SQLException(
                "no pool",
                new SQLException(
                        "cannot open jdbc:postgresql://anna:geheim@db/tandem?password=geheim&user=anna\nmore"));
        var said = NotReady.said(failure);
        assertFalse(said, said.contains("geheim") || said.contains("more"));
        assertTrue(said, said.contains("user=anna"));
    }

    @Test
    public void whatStaysIsSaidOnceAMinute() {
        var complaints = new Complaints();
        long now = 0;
        assertTrue(complaints.due("a", now));
        assertFalse(complaints.due("a", now + TimeUnit.SECONDS.toNanos(59)));
        assertTrue(complaints.due("a", now + TimeUnit.SECONDS.toNanos(60)));
        assertTrue(complaints.due("b", now + TimeUnit.SECONDS.toNanos(61)));
        assertEquals(
                Duration.ofSeconds(70),
                complaints.over(TimeUnit.SECONDS.toNanos(70)).orElseThrow());
        assertTrue(complaints.over(now).isEmpty());
    }

    /** The computer's clock, set wrong. */
    private static final class ShiftedClock extends Clock {
        private volatile Duration by = Duration.ZERO;

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.Instant instant() {
            return Clock.systemUTC().instant().plus(by);
        }
    }

    /** A pool whose database is away, as Hikari tells it. */
    private static final class Switched implements DataSource {
        private final DataSource real;
        private final BlockingQueue<Integer> tries = new LinkedBlockingQueue<>();
        private volatile boolean away;

        Switched(DataSource real) {
            this.real = real;
        }

        void awaitTries(int many) throws InterruptedException {
            for (int i = 0; i < many; i++) {
                next(tries);
            }
        }

        @Override
        public Connection getConnection() throws SQLException {
            tries.add(1);
            if (away) {
                throw new SQLTransientConnectionException(
                        "tandem - Connection is not available, request timed out after 5000ms.",
                        "08001",
                        new SQLException(
                                "Connection to db.example:5432 refused.",
                                "08001",
                                new java.net.ConnectException("no")));
            }
            return real.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return real.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            real.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            real.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return real.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return real.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return real.isWrapperFor(type);
        }
    }
}
