package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.HeldOffException;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.internal.move.Move;
import dev.tandem.journal.internal.move.Target;
import dev.tandem.journal.internal.move.Unfinished;
import dev.tandem.platform.SiteId;

/** From a real SQLite to a real PostgreSQL. */
public class MoveTest {
    private static final SiteId ACME = new SiteId("acme");
    private static final SiteId OTHER = new SiteId("other");
    /** What a migration takes while it makes tables: who holds it stops a move there. */
    private static final long TABLES = 0x54616e64656d4aL;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Moving moving;

    @Before
    public void fill() {
        moving = new Moving(folder.getRoot().toPath());
        moving.database().migrate("fruit", MigrationTest.class, List.of("001_fruit.sql", "002_colour.sql"));
        for (int n = 0; n < 40; n++) {
            moving.pay(n % 3 == 0 ? OTHER : ACME, n % 7, new UUID(2, n), n);
        }
        moving.note(ACME, 1, "customer:anna", "Anna 🦜 Ünicode \u2028 and a \\ too");
        moving.note(ACME, 1, "customer:bob", "Bob, who is forgotten");
        moving.note(OTHER, 2, "customer:carl", "🧡".repeat(100_000));
        moving.runtime.journal().erase(ACME, "customer:bob");
        moving.database()
                .write(sql -> sql.update("INSERT INTO journal_lease (site, name, node, epoch, since) VALUES"
                        + " ('acme', 'deadlines', 'a-node-of-before', 17, 5)"));
    }

    @After
    public void close() {
        moving.close();
    }

    @Test
    public void everythingComesOver() throws Exception {
        var before = Moving.content(moving.from, Dialect.SQLITE);
        var verified = List.of(
                moving.runtime.journal().verify(ACME), moving.runtime.journal().verify(OTHER));
        var moved = moving.move(new Course());
        assertEquals(43, moved.chains().events());
        assertEquals(before, Moving.content(moving.to, Dialect.POSTGRESQL));
        assertTrue(before.keySet().containsAll(List.of("ledger_account", "fruit", "journal_personal")));
        assertEquals(
                1,
                before.get("fruit").stream()
                        .filter(r -> r.contains("lime of sqlite"))
                        .count());

        try (var there = JournalRuntime.open(moving.to, moving.clock)) {
            Ledger.tables(there.database());
            assertEquals(
                    verified,
                    List.of(there.journal().verify(ACME), there.journal().verify(OTHER)));
            var streams = there.journal().open(new Ledger());
            var note = streams.load(ACME, new UUID(1, 1)).state().note();
            assertEquals("Bob is forgotten", Optional.empty(), there.journal().personal(ACME, note.orElseThrow()));
            var long_ = streams.load(OTHER, new UUID(1, 2)).state().note();
            assertEquals(Optional.of("🧡".repeat(100_000)), there.journal().personal(OTHER, long_.orElseThrow()));
            var again = streams.execute(
                    new dev.tandem.journal.Command<>(
                            ACME, new UUID(1, 1), new UUID(2, 1), "system", Ledger.Balance.class),
                    (state, now) -> {
                        throw new AssertionError("answered before");
                    });
            assertEquals(new Answer.Accepted<>(new Ledger.Balance(1), 1), again);
            var lease = there.database()
                    .read(sql -> sql.first(
                            "SELECT node, epoch FROM journal_lease WHERE name = 'deadlines'"
                                    + " AND site = 'acme' AND epoch >= 17",
                            row -> Optional.ofNullable(row.getString(1))));
            assertEquals("its epoch stays, its node is gone", Optional.of(Optional.empty()), lease);
        }
    }

    @Test
    public void theConfigurationNamesPostgresAndTheOldFileStaysBeside() throws Exception {
        moving.move(new Course());
        var file = moving.etc.resolve(Moving.FILE);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        var text = Files.readString(file);
        assertTrue(text, text.contains("\nurl = jdbc:postgresql://db.example/tandem\nuser = tandem\n"));
        assertTrue(text, text.contains("\npassword = it's \\u00e4 \\\\ secret\\u0020\n"));
        assertEquals(
                "url = jdbc:sqlite:tandem.db\n",
                Files.readString(moving.etc.resolve(Moving.FILE + ".before-20261121-120000")));
        assertFalse(Files.exists(moving.etc.resolve(Moving.FILE + ".next")));
    }

    @Test
    public void nothingStartsOnSqliteAnyMoreAndNothingIsWrittenThere() {
        moving.move(new Course());
        assertEquals(BUSY, moving.pay(ACME, 1, UUID.randomUUID(), 1));
        moving.runtime.close();
        var refused = assertThrows(Unable.class, () -> JournalRuntime.open(moving.from, moving.clock));
        assertTrue(
                refused.getMessage(),
                refused.getMessage()
                        .contains("was moved to jdbc:postgresql://db.example/tandem on 2026-11-21T12:00:00Z"));
    }

    private static final Answer<?> BUSY = new Answer.Refused<>(new Refusal(
            Refusal.Reason.BUSY, "database-moving", "The database is being moved. Writing goes on in a while."));

    /** A move that stands still while it makes the tables. */
    private final class Halted implements AutoCloseable {
        private final java.sql.Connection lock = moving.to.getConnection();
        private final java.util.concurrent.ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Course course = new Course();
        private final Future<Move.Moved> move;

        private Halted() throws Exception {
            lock.createStatement().execute("SELECT pg_advisory_lock(" + TABLES + ")");
            move = thread.submit(() -> moving.move(course));
            while (!course.step().what().equals("Making the tables")) {
                assertFalse("it has ended", move.isDone());
                Thread.onSpinWait();
            }
        }

        private void goOn() throws Exception {
            lock.createStatement().execute("SELECT pg_advisory_unlock(" + TABLES + ")");
        }

        @Override
        public void close() throws Exception {
            lock.close();
            thread.shutdown();
            thread.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    @Test
    public void whileItCopiesWritersAreToldToComeBackAndReadersSeeAll() throws Exception {
        try (var halted = new Halted()) {
            assertEquals(BUSY, moving.pay(ACME, 1, UUID.randomUUID(), 1));
            var held = assertThrows(
                    HeldOffException.class, () -> moving.database().write(sql -> sql.update("DELETE FROM fruit")));
            assertEquals("database-moving", held.refusal().code());
            assertTrue(moving.runtime.journal().verify(ACME).ok());
            moving.clock.advance(java.time.Duration.ofHours(1));
            assertEquals("deadlines wait", 0, moving.runtime.fireDue());
            var second = assertThrows(Unable.class, () -> moving.move(new Course()));
            assertTrue(second.getMessage(), second.getMessage().contains("under way"));
            halted.goOn();
            assertEquals(43, halted.move.get().chains().events());
        }
    }

    @Test
    public void cancelledItLeavesNothingAndTheNodeGoesOn() throws Exception {
        try (var halted = new Halted()) {
            assertTrue(halted.course.cancel());
            halted.goOn();
            var failed = assertThrows(ExecutionException.class, halted.move::get);
            assertEquals(CancellationException.class, failed.getCause().getClass());
        }
        moving.assertUnmoved(ACME);
        moving.move(new Course());
        assertEquals(Moving.content(moving.from, Dialect.SQLITE), Moving.content(moving.to, Dialect.POSTGRESQL));
    }

    private void refused(String why) throws Exception {
        var refused = assertThrows(Unable.class, () -> moving.move(new Course()));
        assertTrue(refused.getMessage(), refused.getMessage().contains(why));
    }

    @Test
    public void aDatabaseThatIsNotEmptyIsRefused() throws Exception {
        try (var connection = moving.to.getConnection()) {
            connection.createStatement().execute("CREATE TABLE somebody (else_ TEXT)");
        }
        refused("not empty, it has the tables somebody.");
        assertEquals(1, moving.tablesOfTarget());
    }

    @Test
    public void tablesOfAPartThatDoesNotRunAreRefusedByItsName() throws Exception {
        moving.runtime.close();
        moving.start();
        refused("There are tables of fruit, which does not run here.");
        moving.assertUnmoved(ACME);
    }

    @Test
    public void aTableThatNobodyCanMakeIsRefused() throws Exception {
        moving.database().write(sql -> sql.update("CREATE TABLE by_hand (a TEXT)"));
        refused("The table by_hand was made by no part");
        moving.assertUnmoved(ACME);
    }

    @Test
    public void aChainThatWasTamperedWithIsNotMoved() throws Exception {
        moving.database().write(sql -> sql.update("UPDATE journal_event SET at = at + 1 WHERE position = 3"));
        refused("does not verify: event 3");
        moving.assertUnmoved(OTHER);
    }

    @Test
    public void aTextThatPostgresCannotStoreIsNamed() throws Exception {
        moving.database().write(sql -> sql.update("INSERT INTO fruit (name) VALUES ('a' || char(0) || 'b')"));
        refused("of fruit holds a zero character");
        moving.assertUnmoved(ACME);
    }

    @Test
    public void whatIsNoTargetIsRefusedBeforeAnythingIsDone() {
        assertThrows(Unable.class, () -> new Target("jdbc:sqlite:x", "u", "p"));
        assertThrows(Unable.class, () -> new Target("jdbc:postgresql://h/d?password=x", "u", "p"));
        assertThrows(Unable.class, () -> new Target("jdbc:postgresql://h/d", "u", "a${b}"));
        assertFalse(
                new Target("jdbc:postgresql://h/d", "u", "secret").toString().contains("secret"));
    }

    @Test
    public void anUnfinishedMoveIsCompletedOnlyIfTheDatabaseWasMarked() throws Exception {
        moving.move(new Course());
        var file = moving.etc.resolve(Moving.FILE);
        var next = moving.etc.resolve(Moving.FILE + ".next");
        var written = Files.readString(file);
        Files.move(file, next);
        Files.writeString(file, "url = jdbc:sqlite:tandem.db\n");
        Unfinished.settle(moving.from, moving.etc);
        assertEquals(written, Files.readString(file));

        Files.writeString(next, written);
        Unfinished.settle(moving.to, moving.etc);
        assertEquals(written, Files.readString(file));
        assertFalse(Files.exists(next));

        Files.writeString(next, written.replaceAll("# move .*", "# move another"));
        Unfinished.settle(moving.from, moving.etc);
        assertFalse("of a move that was never done", Files.exists(next));
    }
}
