package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.felix.hc.api.Result;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Node;
import dev.tandem.journal.testing.TestDatabase;

/** What the health checks of the journal say, and what of it takes a node out. */
public class ChecksTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String said(Result result) {
        return result.iterator().next().getMessage();
    }

    private static Node node(Node.State state) {
        var since = Instant.parse("2026-11-21T12:00:00Z");
        return new Node(UUID.randomUUID(), "a", "1.2.3", state, since, since, Optional.empty(), 2);
    }

    private static Result judged(Node.State state, Dialect dialect, Duration silent) {
        var trouble = silent.isZero() ? Optional.<String>empty() : Optional.of("no line");
        return NodeCheck.judge(node(state), new Pulse(Instant.EPOCH, trouble), dialect, silent);
    }

    @Test
    public void theDatabaseSaysWhatItIsOrWhyItIsWaitedFor() {
        for (var kind : TestDatabase.values()) {
            var door = new DatabaseDoor(
                    new Opening(Clock.systemUTC()), database -> () -> {}, Duration.ofMinutes(1), line -> {});
            var check = new DatabaseCheck(door);
            door.start();
            assertEquals(Result.Status.CRITICAL, check.execute().getStatus());
            assertTrue(said(check.execute()), said(check.execute()).contains("etc/org.ops4j.datasource-tandem.cfg"));
            door.close();

            var second = new DatabaseDoor(
                    new Opening(Clock.systemUTC()), database -> () -> {}, Duration.ofMinutes(1), line -> {});
            second.bind(kind.durable(Path.of(folder.getRoot().toURI())));
            second.start();
            var well = new DatabaseCheck(second).execute();
            assertEquals(Result.Status.OK, well.getStatus());
            assertTrue(said(well), said(well).startsWith(kind == TestDatabase.SQLITE ? "SQLite 3." : "PostgreSQL "));
            assertTrue(said(well), said(well).matches(".* answered within \\d+ ms"));
            second.close();
        }
    }

    @Test
    public void aNodeThatIsNotHeardOfIsDown() {
        assertEquals(
                Result.Status.OK,
                judged(Node.State.UP, Dialect.POSTGRESQL, Duration.ZERO).getStatus());
        assertEquals(
                "one beat that fails is no reason",
                Result.Status.OK,
                judged(Node.State.UP, Dialect.POSTGRESQL, Duration.ofSeconds(3)).getStatus());
        var lost = judged(Node.State.UP, Dialect.POSTGRESQL, Duration.ofSeconds(9));
        assertEquals(Result.Status.CRITICAL, lost.getStatus());
        assertTrue(said(lost), said(lost).contains("for 9 s (no line)"));
        assertEquals(
                "on SQLite nobody else asks",
                Result.Status.OK,
                judged(Node.State.UP, Dialect.SQLITE, Duration.ofHours(9)).getStatus());
        var drains = judged(Node.State.DRAINING, Dialect.POSTGRESQL, Duration.ZERO);
        assertEquals(Result.Status.WARN, drains.getStatus());
        assertTrue(said(drains), said(drains).contains("tandem:resume"));
    }

    @Test
    public void aClockThatIsOffIsAWarning() {
        assertEquals(Result.Status.OK, ClockCheck.judge(Duration.ofMillis(-999)).getStatus());
        var fast = ClockCheck.judge(Duration.ofMillis(2500));
        assertEquals(Result.Status.WARN, fast.getStatus());
        assertTrue(said(fast), said(fast).contains("2.500 s ahead of the database's. Set it (NTP)"));
        assertTrue(said(ClockCheck.judge(Duration.ofSeconds(-3))).contains("3.000 s behind"));
    }

    @Test
    public void deadlinesThatNobodyFiresAreToldWhenTheyStay() {
        var check = new LeasesCheck();
        long now = 0;
        var one = List.of("main");
        assertEquals("This node holds 1 lease", said(check.judge(1, List.of(), now)));
        assertEquals(Result.Status.OK, check.judge(0, one, now).getStatus());
        assertEquals(
                "hands over",
                Result.Status.OK,
                check.judge(0, one, now + TimeUnit.SECONDS.toNanos(10)).getStatus());
        var stays = check.judge(0, one, now + TimeUnit.SECONDS.toNanos(13));
        assertEquals(Result.Status.WARN, stays.getStatus());
        assertTrue(said(stays), said(stays).contains("1 site(s): main"));
        assertEquals(Result.Status.OK, check.judge(0, List.of(), now).getStatus());
        assertEquals(
                "anew",
                Result.Status.OK,
                check.judge(0, one, now + TimeUnit.SECONDS.toNanos(13)).getStatus());
    }

    @Test
    public void orphansAreSitesWithDeadlinesWhoseHolderIsDead() {
        for (var kind : TestDatabase.values()) {
            var database = new SqlDatabase(kind.durable(Path.of(folder.getRoot().toURI())));
            database.write(sql -> {
                sql.update(
                        "INSERT INTO journal_node (id, name, release, state, since, seen) VALUES ('n', 'a', '1', 'UP', 0, 0)");
                for (var site : List.of("held", "dead", "none", "idle")) {
                    sql.update(
                            "INSERT INTO journal_lease (site, name, node, epoch, since) VALUES (?, 'deadlines', ?, 1, 0)",
                            site,
                            site.equals("held") ? "n" : "gone");
                    if (!site.equals("idle")) {
                        sql.update(
                                "INSERT INTO journal_deadline (site, kind, stream, name, generation, due)"
                                        + " VALUES (?, 'k', ?, 'd', 1, 0)",
                                site,
                                UUID.randomUUID());
                    }
                }
                sql.update("UPDATE journal_lease SET node = NULL WHERE site = 'none'");
                return true;
            });
            assertEquals(List.of("dead", "none"), LeasesCheck.orphans(database));
            database.close();
        }
    }
}
